import { Button, Group } from '@mantine/core';
import type { RobotSecret } from '@stowage/contracts';
import { useState } from 'react';
import { RelativeTime } from '../../../components/ui/relative-time';
import classes from './robots.module.css';

interface RobotSecretRowProps {
  readonly secret: RobotSecret;
  readonly busy: boolean;
  readonly onTakeBack: () => void;
}

/** A second press takes it back: a dialog on a dialog would say no more than this. */
export function RobotSecretRow({ secret, busy, onTakeBack }: RobotSecretRowProps) {
  const [isAsking, setIsAsking] = useState(false);
  const { hint, createdAt, lastUsedAt, lastUsedAddress } = secret;
  return (
    <li className={classes.secret}>
      <div className={classes.secretFacts}>
        <code>{hint}…</code>
        <span className={classes.dimmed}>
          Made <RelativeTime value={createdAt} />
          {lastUsedAt ? (
            <>
              {' '}
              · used <RelativeTime value={lastUsedAt} />
              {lastUsedAddress ? ` from ${lastUsedAddress}` : null}
            </>
          ) : (
            ' · never used'
          )}
        </span>
      </div>
      {isAsking ? (
        <Group gap="xs">
          <Button size="compact-sm" variant="default" onClick={() => setIsAsking(false)}>
            Keep
          </Button>
          <Button
            size="compact-sm"
            color="red.8"
            loading={busy}
            aria-label={`Take back for good: ${hint}`}
            onClick={onTakeBack}
          >
            Take back for good
          </Button>
        </Group>
      ) : (
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          aria-label={`Take back ${hint}…`}
          onClick={() => setIsAsking(true)}
        >
          Take back
        </Button>
      )}
    </li>
  );
}
