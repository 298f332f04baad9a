import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { AccountEnd } from '@stowage/contracts';
import { useState } from 'react';
import { FormProblem } from '../../../components/ui/form-problem';
import { showProblem } from '../../../lib/form';
import { useDeleteAccount } from '../api/account-end';
import classes from './account-end.module.css';

interface DeleteAccountFormProps {
  readonly username: string;
  readonly end: AccountEnd;
  readonly onDeleted: () => void;
  readonly onCancel: () => void;
}

export function DeleteAccountForm({ username, end, onDeleted, onCancel }: DeleteAccountFormProps) {
  const remove = useDeleteAccount();
  const [problem, setProblem] = useState<string>();
  const form = useForm({
    initialValues: { username: '' },
    validate: { username: (typed) => (typed.trim() === username ? null : `Type ${username}`) },
  });
  const submit = form.onSubmit(() =>
    remove.mutate(
      { username, repositories: end.repositories },
      { onSuccess: onDeleted, onError: (error) => setProblem(showProblem(form, error)) },
    ),
  );
  const { repositories } = end;
  return (
    <form onSubmit={submit} noValidate aria-label="Delete account">
      <Stack gap="md">
        <ul className={classes.list}>
          <li>
            {repositories === 0 ? (
              'Your personal namespace goes; there is no repository in it.'
            ) : (
              <>
                Your personal namespace goes, with{' '}
                <b>
                  {repositories} {repositories === 1 ? 'repository' : 'repositories'}
                </b>{' '}
                and every image in {repositories === 1 ? 'it' : 'them'}.
              </>
            )}
          </li>
          <li>Sessions, access tokens and memberships go. Machines that use your tokens stop to work.</li>
          <li>What you pushed for organisations stays with them. Audit logs keep a pseudonym in place of your name.</li>
          <li>Nobody can take the name {username} for 90 days.</li>
        </ul>
        <FormProblem text={problem} />
        <TextInput
          label={`Type ${username} to go on`}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          data-autofocus
          {...form.getInputProps('username')}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" color="red.8" loading={remove.isPending}>
            Delete account
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
