import { Alert, Button, Group, Input, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { CreatedAccessToken } from '@stowage/contracts';
import { useState } from 'react';
import { showProblem } from '../../../lib/form';
import { useCreateAccessToken } from '../api/access-tokens';
import { TokenScopeFields } from './token-scope-fields';
import { EXPIRIES, type TokenFormValues, toCreateToken, validateToken } from './token-values';

interface CreateTokenFormProps {
  readonly namespaces: readonly string[];
  readonly onCancel: () => void;
  readonly onCreated: (token: CreatedAccessToken) => void;
}

export function CreateTokenForm({ namespaces, onCancel, onCreated }: CreateTokenFormProps) {
  const create = useCreateAccessToken();
  const [problem, setProblem] = useState<string>();
  const form = useForm<TokenFormValues>({
    initialValues: {
      name: '',
      expiry: '90',
      scope: 'all',
      namespace: namespaces[0] ?? '',
      actions: ['pull', 'push'],
    },
    validate: validateToken,
  });
  const submit = form.onSubmit((values) =>
    create.mutate(toCreateToken(values), {
      onSuccess: onCreated,
      onError: (error) => setProblem(showProblem(form, error)),
    }),
  );
  return (
    <form onSubmit={submit} noValidate aria-label="New access token">
      <Stack gap="lg">
        {problem ? (
          <Alert color="red" role="alert">
            {problem}
          </Alert>
        ) : null}
        <TextInput
          label="Name"
          description="Where it will be used, such as “laptop” or “ci-deploy”"
          data-autofocus
          autoComplete="off"
          {...form.getInputProps('name')}
        />
        <Input.Wrapper label="Expires after" labelElement="div">
          <SegmentedControl
            aria-label="Expires after"
            fullWidth
            mt={6}
            data={[...EXPIRIES]}
            {...form.getInputProps('expiry')}
          />
        </Input.Wrapper>
        {form.values.expiry === 'never' ? (
          <Alert color="yellow">
            A token that never expires works until somebody revokes it. If it leaks, nobody may notice.
          </Alert>
        ) : null}
        <TokenScopeFields form={form} namespaces={namespaces} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Create token
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
