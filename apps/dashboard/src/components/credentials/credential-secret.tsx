import { Alert, NativeSelect, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useIsPlainHttp, useRegistryHost } from '../../lib/api/server-info';
import { CommandBlock } from '../ui/command-block';
import classes from './credential-secret.module.css';
import { credentialSnippets } from './snippets';

interface CredentialSecretProps {
  /** What it is, in the middle of a sentence: `access token`. */
  readonly what: string;
  readonly secret: string;
  /** What clients sign in as. */
  readonly username: string;
}

/** The only time that a secret is seen: to be copied, as it is or inside what it is needed for. */
export function CredentialSecret({ what, secret, username }: CredentialSecretProps) {
  const host = useRegistryHost();
  const plainHttp = useIsPlainHttp();
  const snippets = credentialSnippets({ host, username, secret, plainHttp });
  const labels = snippets.map(({ label }) => label);
  const [chosen, setChosen] = useState('Docker');
  const snippet = snippets.find(({ label }) => label === chosen);
  return (
    <Stack gap="md">
      <Alert color="yellow" icon={<IconAlertTriangle size={18} />}>
        Copy the {what} now. Only its hash is stored, so it can’t be shown again.
      </Alert>
      <CommandBlock label={what.charAt(0).toUpperCase() + what.slice(1)} command={secret} prompt={false} />
      <Text fw={600}>Use it with</Text>
      <SegmentedControl
        className={classes.wide ?? ''}
        aria-label="Use it with"
        data={labels}
        value={chosen}
        onChange={setChosen}
        size="xs"
        fullWidth
      />
      <NativeSelect
        className={classes.narrow ?? ''}
        aria-label="Use it with"
        data={labels}
        value={chosen}
        onChange={(event) => setChosen(event.currentTarget.value)}
      />
      {snippet ? (
        <div>
          <CommandBlock label={`${snippet.label} snippet`} command={snippet.text} prompt={snippet.prompt} />
          {snippet.note ? (
            <Text fz="sm" c="dimmed" mt="xs">
              {snippet.note}
            </Text>
          ) : null}
        </div>
      ) : null}
    </Stack>
  );
}
