import { Alert, Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { type ChangePlan, type Limits, type Plan, planNameSchema } from '@stowage/contracts';
import { useState } from 'react';
import { FormProblem } from '../../../components/ui/form-problem';
import { showProblem } from '../../../lib/form';
import { notify } from '../../../lib/notify';
import { useChangePlan, useCreatePlan } from '../api/plans';
import { LimitFields } from './limit-fields';
import { fromLimitValue, limitErrors, type LimitValues, mapLimits, toLimitValues } from './limit-values';

export interface PlanModalProps {
  readonly opened: boolean;
  /** Undefined: a new one. Stays while the dialog closes. */
  readonly plan: Plan | undefined;
  readonly onClose: () => void;
}

export function PlanModal({ opened, plan, onClose }: PlanModalProps) {
  return (
    <Modal opened={opened} onClose={onClose} size="lg" title={plan ? `Plan ${plan.name}` : 'New plan'}>
      <PlanForm key={plan?.name ?? ''} plan={plan} onClose={onClose} />
    </Modal>
  );
}

interface PlanValues {
  readonly name: string;
  readonly description: string;
  readonly limits: LimitValues;
}

const GIB = 2 ** 30;
const USUAL: Limits = { storageBytes: 10 * GIB, layerBytes: null, privateRepositories: 10, members: 10, robots: 5 };

function PlanForm({ plan, onClose }: Omit<PlanModalProps, 'opened'>) {
  const create = useCreatePlan();
  const change = useChangePlan();
  const [problem, setProblem] = useState<string>();
  const form = useForm<PlanValues>({
    initialValues: {
      name: plan?.name ?? '',
      description: plan?.description ?? '',
      limits: toLimitValues(plan?.limits ?? USUAL),
    },
    validate: ({ name, limits }) => ({ ...nameErrors(name), ...limitErrors(limits) }),
  });
  const submit = form.onSubmit((values) => {
    const outcome = {
      onSuccess: () => {
        notify({ message: plan ? `The plan ${values.name} is changed, with all who are on it.` : 'The plan is made.' });
        onClose();
      },
      onError: (error: unknown) => setProblem(showProblem(form, error)),
    };
    if (plan) change.mutate({ plan: plan.name, body: changeOf(plan, values) }, outcome);
    else create.mutate(contentOf(values), outcome);
  });
  return (
    <form onSubmit={submit} noValidate aria-label="Plan">
      <Stack gap="md">
        <FormProblem text={problem} />
        <TextInput
          label="Name"
          data-autofocus
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          {...form.getInputProps('name')}
        />
        <TextInput label="Description" autoComplete="off" {...form.getInputProps('description')} />
        <LimitFields
          values={form.values.limits}
          errors={form.errors}
          onChange={(name, value) => {
            form.setFieldValue('limits', { ...form.values.limits, [name]: value });
            form.clearFieldError(name);
          }}
        />
        {plan && plan.namespaceCount > 0 ? <Affected count={plan.namespaceCount} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending || change.isPending}>
            {plan ? 'Change plan' : 'Make the plan'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Affected({ count }: { readonly count: number }) {
  return (
    <Alert color="yellow">
      {count === 1 ? 'One namespace is' : `${count.toLocaleString()} namespaces are`} on this plan. What you change
      counts for {count === 1 ? 'it' : 'them'} at once; nothing that is there is taken away.
    </Alert>
  );
}

function nameErrors(name: string): Record<string, string> {
  const issue = planNameSchema.safeParse(name).error?.issues[0];
  return issue ? { name: issue.message } : {};
}

function contentOf({ name, description, limits }: PlanValues) {
  const limitOf = mapLimits((each) => fromLimitValue(each, limits[each]) as number | null);
  return { name: name.trim(), description: description.trim(), limits: limitOf };
}

/** Storage that was left to the configuration stays there unless it is touched. */
function changeOf(plan: Plan, values: PlanValues): ChangePlan {
  const { limits, ...content } = contentOf(values);
  const { storageBytes, ...others } = limits;
  const isAsConfigured = plan.isStorageConfigured && storageBytes === plan.limits.storageBytes;
  return { ...content, limits: isAsConfigured ? others : limits };
}
