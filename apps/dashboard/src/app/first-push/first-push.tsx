import { Alert, Group } from '@mantine/core';
import type { CreatedAccessToken } from '@stowage/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ButtonLink } from '../../components/ui/link';
import { useCreateAccessToken } from '../../features/access-tokens/api/access-tokens';
import { Arrival } from '../../features/first-push/components/arrival';
import classes from '../../features/first-push/components/first-push.module.css';
import { PushGuide } from '../../features/first-push/components/push-guide';
import { tagsQuery } from '../../features/images/api/tags';
import { messageOf } from '../../lib/api/api-error';
import { itemsOf } from '../../lib/api/keyset-query';
import { notify } from '../../lib/notify';
import { repositorySplat } from '../../lib/repository-path';
import { usePushProgress } from './use-push-progress';

interface FirstPushProps {
  readonly namespace: string;
  readonly username: string;
}

/** From nothing to an image in the registry, ticked off as it happens. */
export function FirstPush({ namespace, username }: FirstPushProps) {
  const [token, setToken] = useState<CreatedAccessToken>();
  const createToken = useCreateAccessToken();
  const { loggedIn, arrived, offline } = usePushProgress(namespace, token?.id);
  const tags = useInfiniteQuery({
    ...tagsQuery({ namespace, name: arrived?.name ?? '' }),
    enabled: arrived !== undefined,
  });
  const tag = itemsOf(tags.data)[0];
  const onCreateToken = () =>
    createToken.mutate(
      {
        name: `First push to ${namespace}`,
        expiresInDays: 90,
        grants: [{ repository: `${namespace}/*`, actions: ['pull', 'push'] }],
      },
      {
        onSuccess: setToken,
        onError: (error) => notify({ color: 'red', title: 'No token was created', message: messageOf(error) }),
      },
    );
  return (
    <div className={classes.stack}>
      {arrived ? (
        <Arrival
          title={`${namespace}/${arrived.name} is aboard`}
          actions={
            <Group gap="xs">
              <ButtonLink to="/n/$namespace/r/$" params={{ namespace, _splat: arrived.name }} variant="default">
                Open repository
              </ButtonLink>
              {tag ? (
                <ButtonLink
                  to="/n/$namespace/r/$"
                  params={{ namespace, _splat: repositorySplat(arrived.name, { kind: 'tag', tag: tag.name }) }}
                >
                  Look inside {tag.name}
                </ButtonLink>
              ) : null}
            </Group>
          }
        >
          {arrived.visibility === 'private'
            ? 'Your push is complete. Only members can see it until you decide otherwise.'
            : 'Your push is complete.'}
        </Arrival>
      ) : null}
      {offline ? (
        <Alert color="yellow">The registry can’t be reached at the moment, so this page does not see your steps.</Alert>
      ) : null}
      <PushGuide
        namespace={namespace}
        username={username}
        secret={token?.secret}
        creating={createToken.isPending}
        onCreateToken={onCreateToken}
        tokenCreated={token !== undefined || loggedIn}
        loggedIn={loggedIn}
        pushed={arrived !== undefined}
      />
    </div>
  );
}
