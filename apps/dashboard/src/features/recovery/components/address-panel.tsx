import { Alert, Badge, Button } from '@mantine/core';
import type { AccountEmail } from '@stowage/contracts';
import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '../../../components/ui/error-state';
import { ListSkeleton } from '../../../components/ui/list-skeleton';
import { Panel } from '../../../components/ui/panel';
import { messageOf } from '../../../lib/api/api-error';
import { serverInfoQuery } from '../../../lib/api/server-info';
import { notify } from '../../../lib/notify';
import { accountEmailQuery, useKeepEmail, useSendVerification } from '../api/recovery';
import { ChangeEmailForm } from './change-email-form';
import classes from './recovery.module.css';

/** The e-mail address of the account: what it is, whether mail to it arrives, and what it is to become. */
export function AddressPanel() {
  const query = useQuery(accountEmailQuery);
  return (
    <Panel title="E-mail address">
      {query.isPending ? (
        <ListSkeleton rows={1} />
      ) : query.isError && !query.data ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <div className={classes.stack}>
          <Standing address={query.data} />
          <ChangeEmailForm />
        </div>
      )}
    </Panel>
  );
}

function Standing({ address: { email, verifiedAt, pendingEmail } }: { readonly address: AccountEmail }) {
  const sendsMail = useQuery(serverInfoQuery).data?.sendsMail ?? true;
  return (
    <>
      <p className={classes.address}>
        {email}
        {verifiedAt ? <Badge color="petrol">Confirmed</Badge> : <Badge color="gray">Not confirmed</Badge>}
        {verifiedAt ? null : <SendAgain />}
      </p>
      {pendingEmail ? <Pending email={pendingEmail} /> : null}
      {sendsMail ? null : (
        <p className={classes.note}>This registry sends no mail. Ask an administrator for the link instead.</p>
      )}
    </>
  );
}

function SendAgain() {
  const send = useSendVerification();
  const start = () =>
    send.mutate(undefined, {
      onSuccess: () => notify({ message: 'A new link is on its way. It works for three days.' }),
      onError: (error) => notify({ color: 'red', message: messageOf(error) }),
    });
  return (
    <Button size="compact-sm" variant="default" loading={send.isPending} onClick={start}>
      Send a new link
    </Button>
  );
}

function Pending({ email }: { readonly email: string }) {
  const keep = useKeepEmail();
  const start = () =>
    keep.mutate(undefined, { onError: (error) => notify({ color: 'red', message: messageOf(error) }) });
  return (
    <Alert color="yellow" title={`It becomes ${email}`} w="100%">
      <div className={classes.stack}>
        <span>As soon as the link that was made for that address is opened. Until then nothing changes.</span>
        <Button size="compact-sm" variant="default" loading={keep.isPending} onClick={start}>
          Keep the old address
        </Button>
      </div>
    </Alert>
  );
}
