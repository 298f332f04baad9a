import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { AuthLayout } from '../../components/layout/auth-layout';
import { AnchorLink } from '../../components/ui/link';
import { SignInForm } from '../../features/session/components/sign-in-form';
import { ProviderButtons } from '../../features/sign-in-providers/components/provider-buttons';
import { serverInfoQuery } from '../../lib/api/server-info';
import { openedInvitation } from '../../lib/invitation-code';
import { usePageTitle } from '../../lib/page-title';

export function SignInPage() {
  usePageTitle('Sign in');
  const router = useRouter();
  const { next } = useSearch({ from: '/sign-in' });
  const { data: server } = useQuery(serverInfoQuery);
  return (
    <AuthLayout
      title="Sign in"
      lead={server?.registryHost ? `to ${server.registryHost}` : 'to your registry'}
      footer={
        <>
          {server?.signUp === 'open' ? (
            <>
              New here?{' '}
              <AnchorLink to="/sign-up" search={next ? { next } : {}}>
                Create an account
              </AnchorLink>
              <br />
            </>
          ) : null}
          <AnchorLink to="/forgot-password">Forgotten your password?</AnchorLink>
        </>
      }
    >
      {server?.administratorNeeded ? (
        <Alert color="yellow" mb="md" title="This registry has no administrator yet">
          Open the one-time link that the server printed in its terminal.
        </Alert>
      ) : null}
      <SignInForm onDone={() => router.history.push(next ?? '/')} />
      <ProviderButtons next={next} invitation={next === '/invitations' ? openedInvitation('') : undefined} />
    </AuthLayout>
  );
}
