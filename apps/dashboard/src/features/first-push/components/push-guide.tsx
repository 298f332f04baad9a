import { Button, SegmentedControl, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { CommandBlock } from '../../../components/ui/command-block';
import { Panel } from '../../../components/ui/panel';
import { useIsPlainHttp, useRegistryHost } from '../../../lib/api/server-info';
import type { LoginClient } from '../../../lib/login-command';
import classes from './first-push.module.css';
import { pushCommands } from './push-steps';
import { Step } from './step';

const CLIENTS = [
  { value: 'docker', label: 'Docker' },
  { value: 'podman', label: 'Podman' },
  { value: 'skopeo', label: 'Skopeo' },
];

interface TokenStepProps {
  readonly namespace: string;
  readonly secret: string | undefined;
  readonly creating: boolean;
  readonly onCreateToken: () => void;
  readonly tokenCreated: boolean;
}

interface PushGuideProps extends TokenStepProps {
  readonly username: string;
  /** What the page has seen so far. */
  readonly loggedIn: boolean;
  readonly pushed: boolean;
}

export function PushGuide(props: PushGuideProps) {
  const { namespace, username, secret, tokenCreated, loggedIn, pushed } = props;
  const host = useRegistryHost();
  const plainHttp = useIsPlainHttp();
  const [client, setClient] = useState<LoginClient>('docker');
  const commands = pushCommands({ client, host, namespace, username, secret, plainHttp });
  return (
    <Panel
      title="Push an image"
      aside={
        <SegmentedControl
          aria-label="Client"
          size="xs"
          data={CLIENTS}
          value={client}
          onChange={(next) => setClient(next as LoginClient)}
        />
      }
    >
      <ol className={classes.steps}>
        <TokenStep {...props} />
        <Step
          number={2}
          title="Log in"
          {...watched({
            before: tokenCreated,
            seen: loggedIn,
            wait: 'Waiting for your login',
            done: 'We saw your login',
          })}
        >
          <CommandBlock label="Log in" command={commands.login} />
        </Step>
        {commands.tag ? (
          <Step number={3} title="Tag an image" state={pushed ? 'done' : 'plain'}>
            <CommandBlock label="Tag an image" command={commands.tag} />
          </Step>
        ) : null}
        <Step
          number={commands.tag ? 4 : 3}
          title={commands.tag ? 'Push it' : 'Copy an image'}
          {...watched({ before: loggedIn, seen: pushed, wait: 'Waiting for your push', done: 'We saw your push' })}
        >
          <CommandBlock label="Push" command={commands.push} />
        </Step>
      </ol>
    </Panel>
  );
}

function TokenStep({ namespace, secret, creating, onCreateToken, tokenCreated }: TokenStepProps) {
  return (
    <Step
      number={1}
      title="Create an access token"
      state={tokenCreated ? 'done' : 'watching'}
      status={tokenCreated ? 'Created' : null}
    >
      {secret ? (
        <>
          <CommandBlock label="Access token" command={secret} prompt={false} />
          <Text fz="sm" c="dimmed">
            Shown only now. It is in the next command already; it may pull and push in {namespace} for 90 days.
          </Text>
        </>
      ) : (
        <>
          <Text c="dimmed">
            Clients sign in with a token instead of your password. This one may pull and push in {namespace} only.
          </Text>
          <div>
            <Button leftSection={<IconKey size={16} />} loading={creating} onClick={onCreateToken}>
              {tokenCreated ? 'Create another token' : 'Create access token'}
            </Button>
          </div>
        </>
      )}
    </Step>
  );
}

interface Watched {
  /** Whether the step before is done, so that it is this one's turn. */
  readonly before: boolean;
  readonly seen: boolean;
  readonly wait: string;
  readonly done: string;
}

/** A step that happens in the terminal and that the page looks out for. */
function watched({ before, seen, wait, done }: Watched) {
  if (seen) return { state: 'done', status: done } as const;
  if (!before) return { state: 'waiting' } as const;
  const status = (
    <>
      <span className={classes.pulse} aria-hidden="true" /> {wait}
    </>
  );
  return { state: 'watching', status } as const;
}
