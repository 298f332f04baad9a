import { Button, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { CreatedAccessToken } from '@stowage/contracts';
import { useEffect, useRef, useState } from 'react';
import { FormProblem } from '../../../components/ui/form-problem';
import { showProblem } from '../../../lib/form';
import { useCreateAccessToken } from '../api/access-tokens';
import { ExpiryStep } from './expiry-step';
import { PurposeStep } from './purpose-step';
import { ScopeStep } from './scope-step';
import { TokenSummary } from './token-summary';
import { firstValues, problemsOfStep, STEPS, toCreateToken, type TokenFormValues } from './token-values';
import { WizardSteps } from './wizard-steps';

interface TokenWizardProps {
  readonly namespaces: readonly string[];
  readonly onCreated: (token: CreatedAccessToken) => void;
}

/** What for, what it may do, how long: one after the other, with the whole in words beside it. */
export function TokenWizard({ namespaces, onCreated }: TokenWizardProps) {
  const create = useCreateAccessToken();
  const [step, setStep] = useState(0);
  const [problem, setProblem] = useState<string>();
  const form = useForm<TokenFormValues>({ initialValues: firstValues(namespaces) });
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (step > 0) heading.current?.focus();
  }, [step]);
  const isLast = step === STEPS.length - 1;
  const advance = () => {
    const problems = problemsOfStep(step, form.values);
    form.setErrors(problems);
    if (Object.keys(problems).length > 0) return;
    if (!isLast) return setStep(step + 1);
    create.mutate(toCreateToken(form.values), {
      onSuccess: onCreated,
      onError: (error) => setProblem(showProblem(form, error)),
    });
  };
  return (
    <form
      noValidate
      aria-label="New access token"
      onSubmit={(event) => {
        event.preventDefault();
        advance();
      }}
    >
      <Stack gap="lg">
        <WizardSteps current={step} heading={heading} />
        <FormProblem text={problem} />
        {step === 0 ? <PurposeStep form={form} /> : null}
        {step === 1 ? <ScopeStep form={form} namespaces={namespaces} /> : null}
        {step === 2 ? <ExpiryStep form={form} /> : null}
        {step > 0 ? <TokenSummary values={form.values} /> : null}
        <Group justify="flex-end" gap="xs">
          {step > 0 ? (
            <Button variant="default" onClick={() => setStep(step - 1)}>
              Back
            </Button>
          ) : null}
          <Button type="submit" loading={create.isPending}>
            {isLast ? 'Create token' : 'Continue'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
