import { Alert, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { AuthLayout } from '../../components/layout/auth-layout';
import { AnchorLink } from '../../components/ui/link';
import { useSignUp } from '../../features/session/api/start-session';
import { AccountForm } from '../../features/session/components/account-form';
import { serverInfoQuery } from '../../lib/api/server-info';
import { usePageTitle } from '../../lib/page-title';

const REFUSALS = {
  invite: {
    title: 'Sign-up is by invitation',
    text: 'This registry takes new accounts only from people who were invited. Ask an owner of the team that you want to join.',
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
  const onDone = (username: string) => {
    if (next) router.history.push(next);
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
      lead="You get a namespace of your own and can push within a minute."
      footer={footer}
    >
      {server.isPending ? (
        <Skeleton height={280} />
      ) : mode === 'open' ? (
        <AccountForm label="Sign up" action="Create account" create={signUp.mutateAsync} onDone={onDone} />
      ) : (
        <Alert color="yellow" title={REFUSALS[mode].title}>
          {REFUSALS[mode].text}
        </Alert>
      )}
    </AuthLayout>
  );
}
