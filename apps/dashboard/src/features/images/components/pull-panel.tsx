import { SegmentedControl, Stack } from '@mantine/core';
import { useState } from 'react';
import { CommandBlock } from '../../../components/ui/command-block';
import { Panel } from '../../../components/ui/panel';
import { useIsPlainHttp, useRegistryHost } from '../../../lib/api/server-info';
import type { RepositoryId } from '../api/tags';
import classes from './images.module.css';
import { pullCommands } from './pull-commands';

const CHOICES = [
  { value: 'tag', label: 'By tag' },
  { value: 'digest', label: 'By digest' },
];

interface PullPanelProps {
  readonly repository: RepositoryId;
  readonly tag: string | undefined;
  readonly digest: string;
  /** Set where the digest is that of one platform. */
  readonly platform?: string | undefined;
}

export function PullPanel({ repository, tag, digest, platform }: PullPanelProps) {
  const base = `${useRegistryHost()}/${repository.namespace}/${repository.name}`;
  const plainHttp = useIsPlainHttp();
  const [client, setClient] = useState('Docker');
  const [by, setBy] = useState('tag');
  const byTag = tag !== undefined && by === 'tag';
  const commands = pullCommands({
    reference: byTag ? `${base}:${tag}` : `${base}@${digest}`,
    plainHttp,
    platform: byTag ? platform : undefined,
  });
  const command = commands.find((entry) => entry.client === client);
  const clients = commands.map((entry) => entry.client);
  return (
    <Panel
      title="Pull"
      aside={
        tag ? <SegmentedControl aria-label="Pull by" size="xs" data={CHOICES} value={by} onChange={setBy} /> : null
      }
    >
      <Stack gap="sm">
        <SegmentedControl
          className={classes.clients ?? ''}
          aria-label="Client"
          size="xs"
          data={clients}
          value={client}
          onChange={setClient}
        />
        <select
          className={classes.clientSelect}
          aria-label="Client"
          value={client}
          onChange={(event) => setClient(event.currentTarget.value)}
        >
          {clients.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        {command ? <CommandBlock label={`Pull with ${client}`} command={command.text} prompt={command.prompt} /> : null}
      </Stack>
    </Panel>
  );
}
