import { Alert, Button } from '@mantine/core';
import { IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { CopyButton } from '../../../components/ui/copy-button';
import { ErrorState } from '../../../components/ui/error-state';
import { ListSkeleton } from '../../../components/ui/list-skeleton';
import { Panel } from '../../../components/ui/panel';
import { RelativeTime } from '../../../components/ui/relative-time';
import { messageOf } from '../../../lib/api/api-error';
import { auditChainQuery, useVerifyAuditChain } from '../api/audit-chain';
import classes from './audit.module.css';
import { verdictOf } from './verdict';

/** What shows that nobody has rewritten the log: the chain of seals over it. */
export function AuditChain() {
  const query = useQuery(auditChainQuery);
  const verification = useVerifyAuditChain();
  return (
    <Panel
      title="Integrity"
      aside={
        <Button
          variant="default"
          size="xs"
          leftSection={<IconShieldCheck size={14} />}
          loading={verification.isPending}
          disabled={!query.data?.head}
          onClick={() => verification.mutate()}
        >
          Verify the log
        </Button>
      }
    >
      {query.isPending ? (
        <ListSkeleton rows={1} />
      ) : query.isError && !query.data ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Chain {...query.data} />
      )}
      <div aria-live="polite">
        {verification.isError ? (
          <Alert className={classes.verdict} color="red" title="The log could not be verified">
            {messageOf(verification.error)}
          </Alert>
        ) : verification.data ? (
          <Verdict text={verdictOf(verification.data)} isWhole={verification.data.firstBreak === null} />
        ) : null}
      </div>
    </Panel>
  );
}

type ChainProps = Awaited<ReturnType<NonNullable<typeof auditChainQuery.queryFn>>>;

function Chain({ head, sealedEvents, openEvents }: ChainProps) {
  if (!head) return <p className={classes.chain}>Events are sealed within seconds of the first start.</p>;
  const kept = `${head.sequence}:${head.root}`;
  return (
    <>
      <p className={classes.chain}>
        {sealedEvents.toLocaleString()} events are sealed, each seal over all before it, the last{' '}
        <RelativeTime value={head.sealedAt} />.
        {openEvents > 0 ? ` ${openEvents.toLocaleString()} newer ones follow in seconds.` : null} Keep the newest root
        somewhere else, and nobody can rewrite what came before it unseen.
      </p>
      <div className={classes.root}>
        <code>{kept}</code>
        <CopyButton value={kept} label="Copy the root" />
      </div>
    </>
  );
}

function Verdict({ text, isWhole }: { readonly text: string; readonly isWhole: boolean }) {
  return (
    <Alert
      className={classes.verdict}
      color={isWhole ? 'petrol' : 'red'}
      icon={isWhole ? <IconShieldCheck size={18} /> : <IconShieldX size={18} />}
      title={isWhole ? 'The log is whole' : 'The log was changed'}
    >
      {text}
    </Alert>
  );
}
