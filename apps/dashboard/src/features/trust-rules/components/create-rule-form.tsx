import { Button, Group, Input, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { TrustRule } from '@stowage/contracts';
import { useState } from 'react';
import { GrantsEditor } from '../../../components/grants/grants-editor';
import { FormProblem } from '../../../components/ui/form-problem';
import { showProblem } from '../../../lib/form';
import { useCreateTrustRule } from '../api/trust-rules';
import { ClaimFields } from './claim-fields';
import { PRESETS } from './presets';
import { type RuleFormValues, toCreateRule, validateRule } from './rule-values';

interface CreateRuleFormProps {
  readonly namespace: string;
  /** The origin of this registry: what jobs usually ask their token for. */
  readonly audience: string;
  readonly onCancel: () => void;
  readonly onCreated: (rule: TrustRule) => void;
}

export function CreateRuleForm({ namespace, audience, onCancel, onCreated }: CreateRuleFormProps) {
  const create = useCreateTrustRule(namespace);
  const [problem, setProblem] = useState<string>();
  const [first] = PRESETS;
  const form = useForm<RuleFormValues>({
    initialValues: {
      preset: 'github',
      name: '',
      issuer: first?.issuer ?? '',
      audience,
      claims: first?.claims ?? [],
      grants: [{ path: '*', actions: ['pull', 'push'] }],
    },
    validate: (values) => validateRule(namespace, values),
  });
  const preset = PRESETS.find(({ name }) => name === form.values.preset) ?? first;
  const choose = (name: string) => {
    const chosen = PRESETS.find((each) => each.name === name);
    if (!chosen) return;
    form.clearErrors();
    form.setValues({ preset: chosen.name, issuer: chosen.issuer, claims: chosen.claims });
  };
  const submit = form.onSubmit((values) =>
    create.mutate(toCreateRule(namespace, values), {
      onSuccess: onCreated,
      onError: (error) => setProblem(showProblem(form, error)),
    }),
  );
  return (
    <form onSubmit={submit} noValidate aria-label="New trust rule">
      <Stack gap="lg">
        <FormProblem text={problem} />
        <Input.Wrapper label="CI system" labelElement="div">
          <SegmentedControl
            aria-label="CI system"
            fullWidth
            mt={6}
            data={PRESETS.map(({ name, label }) => ({ value: name, label }))}
            value={form.values.preset}
            onChange={choose}
          />
        </Input.Wrapper>
        <TextInput
          label="Name"
          description="For you and the audit log, such as “release”"
          data-autofocus
          autoComplete="off"
          {...form.getInputProps('name')}
        />
        <ClaimFields
          value={form.values.claims}
          known={preset?.known ?? []}
          hint={preset?.hint ?? ''}
          error={textOf(form.errors['claims'])}
          onChange={(claims) => form.setFieldValue('claims', claims)}
        />
        <GrantsEditor
          namespace={namespace}
          label="May"
          description="Nothing else in this registry, besides what is public"
          value={form.values.grants}
          error={textOf(form.errors['grants'])}
          onChange={(grants) => form.setFieldValue('grants', grants)}
        />
        <TextInput
          label="Issuer"
          description="Who signs the tokens: their “iss”"
          placeholder="https://ci.example.com"
          inputMode="url"
          {...form.getInputProps('issuer')}
        />
        <TextInput
          label="Audience"
          description="What the job asks its token for: their “aud”. A token for somebody else is refused."
          {...form.getInputProps('audience')}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Create rule
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function textOf(error: unknown): string | undefined {
  return typeof error === 'string' ? error : undefined;
}
