import { Alert, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { CommandBlock } from '../../../components/ui/command-block';
import { useIsPlainHttp, useRegistryHost } from '../../../lib/api/server-info';
import { tokenSnippets } from './snippets';

interface TokenSecretProps {
  readonly secret: string;
  readonly username: string;
}

/** The only time that the secret is seen: to be copied, as it is or inside what it is needed for. */
export function TokenSecret({ secret, username }: TokenSecretProps) {
  const host = useRegistryHost();
  const plainHttp = useIsPlainHttp();
  const snippets = tokenSnippets({ host, username, secret, plainHttp });
  const [chosen, setChosen] = useState('Docker');
  const snippet = snippets.find(({ label }) => label === chosen);
  return (
    <Stack gap="md">
      <Alert color="yellow" icon={<IconAlertTriangle size={18} />}>
        Copy the token now. It is not stored, so it can’t be shown again.
      </Alert>
      <CommandBlock label="Access token" command={secret} prompt={false} />
      <Text fw={600}>Use it with</Text>
      <SegmentedControl
        aria-label="Use the token with"
        data={snippets.map(({ label }) => label)}
        value={chosen}
        onChange={setChosen}
        size="xs"
        fullWidth
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
