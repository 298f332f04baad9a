import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { CommandBlock } from '../../../components/ui/command-block';
import { Panel } from '../../../components/ui/panel';
import { useIsPlainHttp, useRegistryHost } from '../../../lib/api/server-info';
import type { RepositoryId } from '../api/tags';
import type { ContentKind } from './content-kind';
import classes from './images.module.css';
import { pullCommands } from './pull-commands';

const CHOICES = [
  { value: 'tag', label: 'By tag' },
  { value: 'digest', label: 'By digest' },
];

interface PullPanelProps {
  readonly repository: RepositoryId;
  readonly kind: ContentKind;
  readonly tag: string | undefined;
  readonly digest: string;
  /** Set where the digest is that of one platform. */
  readonly platform?: string | undefined;
}

export function PullPanel({ repository, kind, tag, digest, platform }: PullPanelProps) {
  const host = useRegistryHost();
  const plainHttp = useIsPlainHttp();
  const [wanted, setWanted] = useState('');
  const [by, setBy] = useState('tag');
  const byTag = tag !== undefined && by === 'tag';
  const commands = pullCommands({
    kind,
    repository: `${host}/${repository.namespace}/${repository.name}`,
    tag: byTag ? tag : undefined,
    digest,
    plainHttp,
    platform: byTag ? platform : undefined,
  });
  const command = commands.find(({ client }) => client === wanted) ?? commands[0];
  const clients = commands.map(({ client }) => client);
  return (
    <Panel
      title="Pull"
      aside={
        <div className={classes.choices}>
          <SegmentedControl
            className={classes.clients ?? ''}
            aria-label="Client"
            size="xs"
            data={clients}
            value={command?.client ?? ''}
            onChange={setWanted}
          />
          <select
            className={classes.clientSelect}
            aria-label="Client"
            value={command?.client}
            onChange={(event) => setWanted(event.currentTarget.value)}
          >
            {clients.map((client) => (
              <option key={client}>{client}</option>
            ))}
          </select>
          {tag ? <SegmentedControl aria-label="Pull by" size="xs" data={CHOICES} value={by} onChange={setBy} /> : null}
        </div>
      }
    >
      {command ? (
        <CommandBlock label={`Pull with ${command.client}`} command={command.text} prompt={command.prompt} />
      ) : null}
    </Panel>
  );
}
