import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { namespaceNameSchema, type Role } from '@stowage/contracts';
import { z } from 'zod';
import { showProblem, validateWith } from '../../../lib/form';
import { notify } from '../../../lib/notify';
import { usePutMember } from '../api/members';
import classes from './members.module.css';
import { RoleSelect } from './role-select';

const validate = validateWith(z.object({ username: namespaceNameSchema }));

export function AddMemberForm({ namespace }: { readonly namespace: string }) {
  const put = usePutMember(namespace);
  const form = useForm<{ username: string; role: Role }>({
    initialValues: { username: '', role: 'developer' },
    validate,
  });
  const submit = form.onSubmit(({ username, role }) =>
    put.mutate(
      { username: username.trim(), role },
      {
        onSuccess: () => {
          notify({ message: `${username.trim()} is now a member.` });
          form.setFieldValue('username', '');
        },
        onError: (error) => {
          const rest = showProblem(form, error);
          if (rest) form.setFieldError('username', rest);
        },
      },
    ),
  );
  return (
    <form className={classes.form} onSubmit={submit} noValidate aria-label="Add member">
      <TextInput
        label="Username"
        placeholder="somebody who has an account here"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        {...form.getInputProps('username')}
      />
      <RoleSelect
        label="Role"
        described
        value={form.values.role}
        onChange={(role) => form.setFieldValue('role', role)}
      />
      <Button type="submit" className={classes.submit ?? ''} loading={put.isPending}>
        Add member
      </Button>
    </form>
  );
}
