import { Button, Radio, Stack } from '@mantine/core';
import type { Settings, SignUpMode } from '@stowage/contracts';
import { useState } from 'react';
import { FormProblem } from '../../../components/ui/form-problem';
import type { Tagged } from '../../../lib/api/client';
import { messageOf } from '../../../lib/api/api-error';
import { notify } from '../../../lib/notify';
import { usePutSettings } from '../api/sign-up';
import classes from './administration.module.css';

const MODES: readonly { readonly value: SignUpMode; readonly label: string; readonly about: string }[] = [
  { value: 'open', label: 'Everybody', about: 'Whoever reaches this registry may make an account.' },
  {
    value: 'invite',
    label: 'By invitation',
    about: 'Only with a link: from here, or from the owner of a namespace who invites somebody to it.',
  },
  { value: 'closed', label: 'Nobody', about: 'No new accounts, not even with an invitation.' },
];

const nameOf = (mode: SignUpMode) => MODES.find(({ value }) => value === mode)?.label.toLowerCase();

/** A choice counts at once and in every process, until it is given back to the environment. */
export function SignUpModeForm({ settings }: { readonly settings: Tagged<Settings> }) {
  const { mode, chosen, environment } = settings.signUp;
  const put = usePutSettings();
  const [picked, setPicked] = useState(mode);
  const save = (signUp: SignUpMode | null) =>
    put.mutate(
      { signUp, ifMatch: settings.entityTag },
      {
        onSuccess: (saved) => {
          setPicked(saved.signUp.mode);
          notify({ message: `Who may make an account now: ${nameOf(saved.signUp.mode)}.` });
        },
      },
    );
  return (
    <Stack gap="md" align="start">
      <FormProblem text={put.error && messageOf(put.error)} />
      <Radio.Group
        aria-label="Who may make an account"
        value={picked}
        onChange={(value) => setPicked(value as SignUpMode)}
      >
        <Stack gap="sm">
          {MODES.map(({ value, label, about }) => (
            <Radio key={value} value={value} label={label} description={about} />
          ))}
        </Stack>
      </Radio.Group>
      <p className={classes.note}>
        {chosen === null
          ? `STOWAGE_SIGNUP says so (${environment}). What you choose here counts instead.`
          : `Chosen here. STOWAGE_SIGNUP says ${environment}, which does not count.`}
      </p>
      <div className={classes.buttons}>
        <Button disabled={picked === mode} loading={put.isPending} onClick={() => save(picked)}>
          Save
        </Button>
        {chosen === null ? null : (
          <Button variant="default" loading={put.isPending} onClick={() => save(null)}>
            Leave it to STOWAGE_SIGNUP
          </Button>
        )}
      </div>
    </Stack>
  );
}
