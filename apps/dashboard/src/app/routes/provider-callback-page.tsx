import { Alert, Loader } from '@mantine/core';
import type { Problem, ProviderSignIn, SignIn } from '@stowage/contracts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';
import { AuthLayout } from '../../components/layout/auth-layout';
import { AnchorLink } from '../../components/ui/link';
import { SecondFactorStep } from '../../features/session/components/second-factor-step';
import { useCompleteProviderSignIn } from '../../features/sign-in-providers/api/sign-in-providers';
import { ProviderAccountForm } from '../../features/sign-in-providers/components/provider-account-form';
import { isApiError, messageOf } from '../../lib/api/api-error';
import { serverInfoQuery } from '../../lib/api/server-info';
import { forgetInvitation } from '../../lib/invitation-code';
import { safeNextPath } from '../../lib/next-path';
import { notify } from '../../lib/notify';
import { usePageTitle } from '../../lib/page-title';

type SecondFactor = NonNullable<Problem['secondFactor']>;

/** Where a provider sends people back to; what it says goes to the API, once. */
export function ProviderCallbackPage() {
  usePageTitle('Sign in');
  const router = useRouter();
  const navigate = useNavigate();
  const answer = useSearch({ from: '/sign-in/callback' });
  const legal = useQuery(serverInfoQuery).data?.legal;
  const { mutateAsync: complete } = useCompleteProviderSignIn();
  const [problem, setProblem] = useState<string>();
  const [needed, setNeeded] = useState<SecondFactor>();
  const [newcomer, setNewcomer] = useState<Extract<ProviderSignIn, { outcome: 'new' }>>();
  const isSent = useRef(false);

  const finish = useCallback(
    (done: ProviderSignIn) => {
      if (done.outcome === 'new') setNewcomer(done);
      else if (done.outcome === 'signed-in') router.history.replace(safeNextPath(done.next) ?? '/');
      else {
        notify({ message: 'The account is linked: you can sign in with it from now on.' });
        void navigate({ to: '/account', replace: true });
      }
    },
    [navigate, router],
  );

  useEffect(() => {
    if (isSent.current) return;
    isSent.current = true;
    complete(answer).then(finish, (error: unknown) => {
      const secondFactor = isApiError(error, 401) ? error.problem?.secondFactor : undefined;
      if (secondFactor) setNeeded(secondFactor);
      else setProblem(messageOf(error));
    });
  }, [answer, complete, finish]);

  /** Whoever was invited has joined with the account: the page of the invitation has nothing to offer any more. */
  const welcome = (done: ProviderSignIn) => {
    forgetInvitation();
    finish(done.outcome === 'signed-in' && done.next === '/invitations' ? { ...done, next: null } : done);
  };
  const prove = async ({ totp, passkey }: SignIn) =>
    finish(await complete({ state: answer.state, ...(totp ? { totp } : {}), ...(passkey ? { passkey } : {}) }));
  const back = (
    <AnchorLink to="/sign-in" search={{}}>
      Back to sign-in
    </AnchorLink>
  );
  return (
    <AuthLayout
      title={newcomer ? 'Create your account' : 'Sign in'}
      lead={newcomer ? 'One more thing: the name that you want to have here.' : undefined}
      footer={problem || newcomer ? back : null}
    >
      {problem ? (
        <Alert color="red" role="alert">
          {problem}
        </Alert>
      ) : newcomer ? (
        <ProviderAccountForm newcomer={newcomer} legal={legal} onDone={welcome} />
      ) : needed ? (
        <SecondFactorStep
          password={{}}
          needed={needed}
          onStart={prove}
          onBack={() => void navigate({ to: '/sign-in', search: {} })}
        />
      ) : (
        <Loader aria-label="Signing you in" />
      )}
    </AuthLayout>
  );
}
