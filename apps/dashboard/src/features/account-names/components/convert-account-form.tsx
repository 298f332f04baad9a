import { Button, Group, NativeSelect, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { convertAccountSchema, ROLES, type Role } from '@stowage/contracts';
import { useState } from 'react';
import { FormProblem } from '../../../components/ui/form-problem';
import { showProblem, validateWith } from '../../../lib/form';
import { notify } from '../../../lib/notify';
import { type Conversion, useConvertAccount } from '../api/account-names';
import classes from './account-names.module.css';
import { NameInput } from './name-input';

interface ConvertAccountFormProps {
  readonly username: string;
  readonly onEnd: () => void;
}

const LEAVE = 'leave';
const PLACES = [
  ...ROLES.toReversed().map((role) => ({ value: role, label: `I stay, as ${role}` })),
  { value: LEAVE, label: 'I leave' },
];

interface ConversionValues {
  readonly username: string;
  /** As typed. */
  readonly owners: string;
  readonly place: Role | typeof LEAVE;
}

function toConversion({ username, owners, place }: ConversionValues): Conversion {
  const names = owners.split(/[\s,]+/).filter(Boolean);
  return { username, owners: names, role: place === LEAVE ? null : place };
}

export function ConvertAccountForm({ username, onEnd }: ConvertAccountFormProps) {
  const convert = useConvertAccount();
  const [problem, setProblem] = useState<string>();
  const form = useForm<ConversionValues>({
    initialValues: { username: '', owners: '', place: 'owner' },
    // The message belongs to the field, whichever of the names in it is meant.
    validate: (values) => {
      const errors = Object.entries(validateWith(convertAccountSchema)(toConversion(values)));
      return Object.fromEntries(errors.map(([field, message]) => [field.split('.')[0], message]));
    },
  });
  const submit = form.onSubmit((values) =>
    convert.mutate(toConversion(values), {
      onSuccess: ({ user }) => {
        onEnd();
        notify({ message: `${username} is an organisation now, and you are ${user.username}.` });
      },
      onError: (error) => setProblem(showProblem(form, error)),
    }),
  );
  return (
    <form onSubmit={submit} noValidate aria-label="Make an organisation">
      <Stack gap="md">
        <ul className={classes.list}>
          <li className={classes.name}>
            <b>{username}/…</b> stays as it is: repositories, images, members, robots and trust rules. Nothing has to be
            pulled or pushed by another name.
          </li>
          <li>
            You get another username, with a new and empty personal namespace. Your sessions and tokens stay yours.
          </li>
          <li>What you and your tokens may do in {username} depends on the role that you keep. It can’t be undone.</li>
        </ul>
        <FormProblem text={problem} />
        <NameInput label="Your new username" data-autofocus {...form.getInputProps('username')} />
        <NameInput
          label="Owners"
          description={`Usernames of the others who will own ${username}, with commas between`}
          {...form.getInputProps('owners')}
        />
        <NativeSelect label={`You in ${username}`} data={PLACES} {...form.getInputProps('place')} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onEnd}>
            Cancel
          </Button>
          <Button type="submit" color="red.8" loading={convert.isPending}>
            Make an organisation
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
