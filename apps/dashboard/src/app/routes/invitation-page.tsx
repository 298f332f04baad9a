import { Alert, Button, Skeleton, Stack, Text } from '@mantine/core';
import type { InvitationOffer, User } from '@stowage/contracts';
import { useQuery } from '@tanstack/react-query';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { AuthLayout } from '../../components/layout/auth-layout';
import { ErrorState } from '../../components/ui/error-state';
import { FormProblem } from '../../components/ui/form-problem';
import { AnchorLink, ButtonLink } from '../../components/ui/link';
import { RelativeTime } from '../../components/ui/relative-time';
import { invitationOfferQuery, useAcceptInvitation } from '../../features/namespaces/api/invitations';
import { ROLE_DESCRIPTIONS, roleLabel } from '../../features/namespaces/components/roles';
import { useSignOut } from '../../features/session/api/end-session';
import { sessionQuery } from '../../features/session/api/get-session';
import { messageOf } from '../../lib/api/api-error';
import { forgetInvitation, openedInvitation } from '../../lib/invitation-code';
import { usePageTitle } from '../../lib/page-title';

const NEXT = '/invitations';

/** What the link in an invitation opens. The code is behind the `#`. */
export function InvitationPage() {
  usePageTitle('Invitation');
  const code = openedInvitation(useLocation().hash);
  return code === undefined ? <NoInvitation /> : <Invitation code={code} />;
}

function NoInvitation() {
  return (
    <AuthLayout title="No invitation" footer={<AnchorLink to="/">To the start page</AnchorLink>}>
      <Text>This address has no code in it. Open the whole link that you were given.</Text>
    </AuthLayout>
  );
}

function Invitation({ code }: { readonly code: string }) {
  const offer = useQuery(invitationOfferQuery(code));
  const session = useQuery(sessionQuery);
  if (offer.isPending || session.isPending) {
    return (
      <AuthLayout title="Invitation">
        <Skeleton height={160} aria-label="Loading" />
      </AuthLayout>
    );
  }
  if (offer.isError) {
    return (
      <AuthLayout title="Invitation" footer={<AnchorLink to="/">To the start page</AnchorLink>}>
        <ErrorState
          title="This invitation can’t be used"
          error={offer.error}
          {...(offer.error.message.startsWith('This invitation') ? {} : { onRetry: () => void offer.refetch() })}
        />
      </AuthLayout>
    );
  }
  const { namespace, displayName, role, invitedBy, expiresAt } = offer.data;
  return (
    <AuthLayout
      title={`Join ${displayName || namespace}`}
      lead={`${invitedBy ?? 'An owner'} invites you to ${namespace}.`}
    >
      <Stack gap="md">
        <Text>
          You would be <strong>{roleLabel(role)}</strong>: {ROLE_DESCRIPTIONS[role].toLowerCase()}. The invitation works
          once, and ends <RelativeTime value={expiresAt} />.
        </Text>
        {session.data ? (
          <Accept code={code} offer={offer.data} user={session.data.user} />
        ) : (
          <>
            <ButtonLink to="/sign-up" hash={code} search={{ next: NEXT }} size="md" fullWidth>
              Create an account
            </ButtonLink>
            <ButtonLink to="/sign-in" search={{ next: NEXT }} size="md" variant="default" fullWidth>
              Sign in
            </ButtonLink>
          </>
        )}
      </Stack>
    </AuthLayout>
  );
}

interface AcceptProps {
  readonly code: string;
  readonly offer: InvitationOffer;
  readonly user: User;
}

function Accept({ code, offer, user }: AcceptProps) {
  const navigate = useNavigate();
  const accept = useAcceptInvitation();
  const signOut = useSignOut();
  const isForAnother = offer.email !== null && offer.email.toLowerCase() !== user.email.toLowerCase();
  const start = () =>
    accept.mutate(code, {
      onSuccess: ({ namespace }) => {
        forgetInvitation();
        void navigate({ to: '/n/$namespace', params: { namespace } });
      },
    });
  const change = () =>
    signOut.mutate(undefined, { onSuccess: () => void navigate({ to: '/sign-in', search: { next: NEXT } }) });
  return (
    <>
      {isForAnother ? (
        <Alert color="yellow" title={`This invitation is for ${offer.email}`}>
          You are signed in as {user.username} ({user.email}). Sign in with the account of that address, or ask for an
          invitation to yours.
        </Alert>
      ) : (
        <Text c="dimmed">
          You are signed in as {user.username} ({user.email}).
        </Text>
      )}
      <FormProblem text={accept.error && messageOf(accept.error)} />
      {isForAnother ? null : (
        <Button size="md" fullWidth loading={accept.isPending} onClick={start}>
          Accept
        </Button>
      )}
      <Button size="md" variant="default" fullWidth loading={signOut.isPending} onClick={change}>
        Use another account
      </Button>
    </>
  );
}
