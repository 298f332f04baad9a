import { Alert, Skeleton, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { AuthLayout } from '../../components/layout/auth-layout';
import { ErrorState } from '../../components/ui/error-state';
import { AnchorLink } from '../../components/ui/link';
import { type SignUpInput, useCreateAdministrator } from '../../features/session/api/start-session';
import { AccountForm } from '../../features/session/components/account-form';
import { serverInfoQuery } from '../../lib/api/server-info';
import { usePageTitle } from '../../lib/page-title';

export function SetupPage() {
  usePageTitle('Set up');
  const navigate = useNavigate();
  const search = useSearch({ from: '/setup' });
  const [typed, setTyped] = useState('');
  const server = useQuery(serverInfoQuery);
  const setup = useCreateAdministrator();
  const create = (account: SignUpInput) => setup.mutateAsync({ ...account, code: search.code ?? typed.trim() });
  const onDone = (username: string) =>
    void navigate({ to: '/n/$namespace/get-started', params: { namespace: username } });
  // The answer of an administrator who is being created right now must not swap the form away.
  const done = server.data?.administratorNeeded === false && !setup.isSuccess;
  return (
    <AuthLayout
      title={done ? 'This registry is set up' : 'Set up your registry'}
      lead={done ? undefined : 'Create the first administrator. The link that brought you here works once.'}
    >
      {server.isPending ? (
        <Skeleton height={280} />
      ) : server.isError ? (
        <ErrorState error={server.error} onRetry={() => void server.refetch()} />
      ) : done ? (
        <p>
          It has an administrator already. <AnchorLink to="/sign-in">Sign in</AnchorLink>
        </p>
      ) : (
        <AccountForm label="Set up" action="Create administrator" create={create} onDone={onDone}>
          {search.code ? null : (
            <>
              <Alert color="yellow">
                The address has no code. Paste the one that the server printed in its terminal.
              </Alert>
              <TextInput
                label="Setup code"
                size="md"
                autoComplete="off"
                value={typed}
                onChange={(event) => setTyped(event.currentTarget.value)}
              />
            </>
          )}
        </AccountForm>
      )}
    </AuthLayout>
  );
}
