import { Button, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { renameAccountSchema } from '@stowage/contracts';
import { useState } from 'react';
import { FormProblem } from '../../../components/ui/form-problem';
import { showProblem, validateWith } from '../../../lib/form';
import { notify } from '../../../lib/notify';
import { useRenameAccount } from '../api/account-names';
import classes from './account-names.module.css';
import { NameInput } from './name-input';

interface RenameAccountFormProps {
  readonly username: string;
  readonly onEnd: () => void;
}

export function RenameAccountForm({ username, onEnd }: RenameAccountFormProps) {
  const rename = useRenameAccount();
  const [problem, setProblem] = useState<string>();
  const form = useForm({ initialValues: { username }, validate: validateWith(renameAccountSchema) });
  const typed = form.values.username.trim();
  const submit = form.onSubmit(() =>
    rename.mutate(typed, {
      onSuccess: () => {
        onEnd();
        notify({ message: `You are ${typed} now. The old name goes on to work for images and access tokens.` });
      },
      onError: (error) => setProblem(showProblem(form, error)),
    }),
  );
  const next = typed && typed !== username ? typed : 'the-new-name';
  return (
    <form onSubmit={submit} noValidate aria-label="Change username">
      <Stack gap="md">
        <FormProblem text={problem} />
        <NameInput label="New username" data-autofocus {...form.getInputProps('username')} />
        <ul className={classes.list}>
          <li className={classes.name}>
            Your images are <b>{next}/…</b> from now on. Pulls and pushes by <b>{username}/…</b> go on, and nobody else
            can have the old name, until you give it up in the settings of your namespace.
          </li>
          <li>Access tokens and sessions stay; so does “docker login” with the old name and an access token.</li>
          <li>With your password you sign in by the new name only.</li>
          <li>What you did before keeps the name you had in audit logs and histories.</li>
        </ul>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onEnd}>
            Cancel
          </Button>
          <Button type="submit" disabled={typed === username} loading={rename.isPending}>
            Change username
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
