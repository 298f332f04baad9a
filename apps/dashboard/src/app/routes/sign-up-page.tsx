import { Alert, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useLocation, useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { AuthLayout } from '../../components/layout/auth-layout';
import { AnchorLink } from '../../components/ui/link';
import { type SignUpInput, useSignUp } from '../../features/session/api/start-session';
import { AccountForm } from '../../features/session/components/account-form';
import { ProviderButtons } from '../../features/sign-in-providers/components/provider-buttons';
import { serverInfoQuery } from '../../lib/api/server-info';
import { forgetInvitation } from '../../lib/invitation-code';
import { usePageTitle } from '../../lib/page-title';

const REFUSALS = {
  invite: {
    title: 'Sign-up is by invitation',
    text: 'Open the whole link of your invitation. An administrator, or an owner of the team that you want to join, can make you one.',
  },
  closed: { title: 'Sign-up is closed', text: 'This registry takes no new accounts. Ask its administrator for one.' },
} as const;

export function SignUpPage() {
  usePageTitle('Sign up');
  const router = useRouter();
  const navigate = useNavigate();
  const { next } = useSearch({ from: '/sign-up' });
  const server = useQuery(serverInfoQuery);
  const signUp = useSignUp();
  /** Behind the `#`: of an invitation to the registry, or to a namespace, which the new account then is a member of. */
  const invitation = useLocation().hash;
  const create = (account: SignUpInput) => signUp.mutateAsync(invitation ? { ...account, invitation } : account);
  const onDone = (username: string) => {
    if (invitation) forgetInvitation();
    // The page of the invitation has nothing to offer any more.
    if (next === '/invitations' && invitation) void navigate({ to: '/' });
    else if (next) router.history.push(next);
    else void navigate({ to: '/n/$namespace/get-started', params: { namespace: username } });
  };
  const mode = server.data?.signUp ?? 'open';
  const footer = (
    <>
      Have an account?{' '}
      <AnchorLink to="/sign-in" search={next ? { next } : {}}>
        Sign in
      </AnchorLink>
    </>
  );
  return (
    <AuthLayout
      title="Create your account"
      lead={
        invitation
          ? 'You were invited. The invitation works once.'
          : 'You get a namespace of your own and can push within a minute.'
      }
      footer={footer}
    >
      {server.isPending ? (
        <Skeleton height={280} />
      ) : mode === 'open' || (mode === 'invite' && invitation) ? (
        <>
          <AccountForm
            label="Sign up"
            action="Create account"
            legal={server.data?.legal}
            create={create}
            onDone={onDone}
          />
          <ProviderButtons next={next} invitation={invitation || undefined} verb="Sign up" />
        </>
      ) : (
        <Alert color="yellow" title={REFUSALS[mode].title}>
          {REFUSALS[mode].text}
        </Alert>
      )}
    </AuthLayout>
  );
}
