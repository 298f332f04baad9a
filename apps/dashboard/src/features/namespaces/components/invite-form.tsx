import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { type CreatedInvitation, createInvitationSchema, type Role } from '@stowage/contracts';
import { useState } from 'react';
import { FormProblem } from '../../../components/ui/form-problem';
import { showProblem, validateWith } from '../../../lib/form';
import { useCreateInvitation } from '../api/invitations';
import classes from './members.module.css';
import { RoleSelect } from './role-select';

const DAYS = [
  { value: '1', label: '1 day' },
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
];

interface InviteFormProps {
  readonly namespace: string;
  readonly onCreated: (invitation: CreatedInvitation) => void;
}

interface FormValues {
  readonly email: string;
  readonly role: Role;
  readonly days: string;
}

const bodyOf = ({ email, role, days }: FormValues) => ({
  ...(email.trim() ? { email: email.trim() } : {}),
  role,
  expiresInDays: Number(days),
});

export function InviteForm({ namespace, onCreated }: InviteFormProps) {
  const create = useCreateInvitation(namespace);
  const [problem, setProblem] = useState<string>();
  const check = validateWith(createInvitationSchema);
  const form = useForm<FormValues>({
    initialValues: { email: '', role: 'developer', days: '7' },
    validate: (values) => check(bodyOf(values)),
  });
  const submit = form.onSubmit((values) =>
    create.mutate(bodyOf(values), {
      onSuccess: (invitation) => {
        setProblem(undefined);
        form.setFieldValue('email', '');
        onCreated(invitation);
      },
      onError: (error) => setProblem(showProblem(form, error)),
    }),
  );
  return (
    <form onSubmit={submit} noValidate aria-label="Invite">
      <FormProblem text={problem} mb="md" />
      <div className={classes.inviteForm}>
        <TextInput
          label="E-mail"
          type="email"
          description="Optional: without one, whoever has the link may join"
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autoComplete="off"
          {...form.getInputProps('email')}
        />
        <RoleSelect
          label="Role"
          described
          value={form.values.role}
          onChange={(role) => form.setFieldValue('role', role)}
        />
        <NativeSelect label="The link works for" data={DAYS} {...form.getInputProps('days')} />
        <Button type="submit" className={classes.submit ?? ''} loading={create.isPending}>
          Invite
        </Button>
      </div>
    </form>
  );
}
