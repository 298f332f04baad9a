import { Button, Divider, Stack, Text } from '@mantine/core';
import { sessionRoutes } from '@stowage/contracts';
import { IconFingerprint } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { messageOf } from '../../../lib/api/api-error';
import { request } from '../../../lib/api/client';
import { hasPasskeys, usePasskeyOf } from '../../../lib/passkeys';
import {
  identitiesQuery,
  signInProvidersQuery,
  useStartProviderSignIn,
} from '../../sign-in-providers/api/sign-in-providers';
import { ProviderIcon } from '../../sign-in-providers/components/provider-icon';

interface OtherProofsProps {
  readonly opened: boolean;
  readonly hasPasskey: boolean;
  readonly onProblem: (problem: string) => void;
  readonly onConfirmed: () => void;
}

/** What proves who somebody is without typing: a passkey, or signing in again with a linked account. */
export function OtherProofs({ opened, hasPasskey, onProblem, onConfirmed }: OtherProofsProps) {
  const providers = useLinkedProviders(opened);
  const passkey = useMutation({
    mutationFn: async () => {
      const { options } = await request(sessionRoutes.createSignInOptions);
      return request(sessionRoutes.confirmSession, { body: { passkey: await usePasskeyOf(options) } });
    },
    onSuccess: onConfirmed,
    onError: (error) => onProblem(messageOf(error)),
  });
  const start = useStartProviderSignIn();
  const { href } = useLocation();
  const mayUsePasskey = hasPasskey && hasPasskeys();
  if (!mayUsePasskey && providers.length === 0) return null;
  return (
    <Stack gap="sm">
      <Divider label="or" />
      {mayUsePasskey ? (
        <Button
          variant="default"
          leftSection={<IconFingerprint size={18} />}
          loading={passkey.isPending}
          onClick={() => passkey.mutate()}
        >
          Use your passkey
        </Button>
      ) : null}
      {providers.map(({ id, name }) => (
        <Button
          key={id}
          variant="default"
          leftSection={<ProviderIcon id={id} />}
          disabled={start.isPending || start.isSuccess}
          onClick={() =>
            start.mutate({ provider: id, next: href, again: true }, { onError: (error) => onProblem(messageOf(error)) })
          }
        >
          Sign in with {name} again
        </Button>
      ))}
      {providers.length > 0 ? (
        <Text fz="sm" c="dimmed">
          That leads away from this page and back to it; then do this once more.
        </Text>
      ) : null}
    </Stack>
  );
}

/** The services of the registry that sign this person in. */
function useLinkedProviders(enabled: boolean) {
  const { data: providers } = useQuery({ ...signInProvidersQuery, enabled });
  const { data: identities } = useQuery({ ...identitiesQuery, enabled: enabled && (providers?.items.length ?? 0) > 0 });
  const linked = new Set(identities?.items.map(({ provider }) => provider));
  return (providers?.items ?? []).filter(({ id }) => linked.has(id));
}
