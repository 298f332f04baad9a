import { Button, Stack, Text } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import type { Retention } from '@stowage/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorState } from '../../../components/ui/error-state';
import { ListSkeleton } from '../../../components/ui/list-skeleton';
import { Panel } from '../../../components/ui/panel';
import { READING_MS, RunStarted } from '../../../components/ui/run-started';
import { messageOf } from '../../../lib/api/api-error';
import { notify } from '../../../lib/notify';
import { absoluteTime } from '../../../lib/relative-time';
import type { RulesOwner } from '../api/owner';
import { retentionQuery, useRunRetention, useSetRetention } from '../api/retention';
import { Inheritance } from './inheritance';
import { RetentionForm } from './retention-form';
import { RuleWords } from './rule-words';
import { keepWords } from './words';

interface RetentionPanelProps {
  readonly owner: RulesOwner;
  readonly mayChange: boolean;
}

export function RetentionPanel({ owner, mayChange }: RetentionPanelProps) {
  const query = useQuery(retentionQuery(owner));
  const found = query.data;
  return (
    <Panel title="Retention" aside={mayChange && isRunnable(found) ? <RunButton owner={owner} /> : null}>
      {query.isPending ? (
        <ListSkeleton rows={2} />
      ) : !found ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Stack gap="md">
          <Text fz="sm" c="dimmed" maw={720}>
            A tag goes when a rule is about it and no rule that is about it keeps it. What no rule is about stays. To
            push a tag again makes it new. Deleted tags wait in the trash, from where they can be restored.
          </Text>
          {found.nextRunAt ? (
            <Text fz="sm">
              Next run: <time dateTime={found.nextRunAt}>{absoluteTime(found.nextRunAt)}</time>
            </Text>
          ) : null}
          {mayChange ? <Editor key={found.updatedAt} owner={owner} found={found} /> : <Policy found={found} />}
        </Stack>
      )}
    </Panel>
  );
}

function isRunnable(found: Retention | undefined): boolean {
  return found !== undefined && !found.inherited && (found.policy?.rules.length ?? 0) > 0;
}

function RunButton({ owner }: { readonly owner: RulesOwner }) {
  const run = useRunRetention(owner);
  const start = () =>
    run.mutate(undefined, {
      onSuccess: ({ id, isNew }) =>
        notify({
          autoClose: READING_MS,
          message: (
            <RunStarted namespace={owner.namespace} id={id}>
              {isNew ? 'Retention runs. What it does appears below.' : 'Retention is running already.'}
            </RunStarted>
          ),
        }),
      onError: (error) => notify({ message: messageOf(error), color: 'red' }),
    });
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconPlayerPlay size={14} />}
      loading={run.isPending}
      onClick={start}
    >
      Run now
    </Button>
  );
}

function Editor({ owner, found }: { readonly owner: RulesOwner; readonly found: Retention }) {
  const inherit = useSetRetention(owner);
  const [isOwn, setIsOwn] = useState(owner.repository === null || !found.inherited);
  if (owner.repository === null) return <RetentionForm owner={owner} policy={found.policy} />;
  const choose = (own: boolean) => {
    setIsOwn(own);
    if (own || found.inherited) return;
    inherit.mutate(null, {
      onSuccess: () => notify({ message: 'The policy of the namespace holds here again.' }),
      onError: () => setIsOwn(true),
    });
  };
  return (
    <>
      <Inheritance label="Retention policy" isOwn={isOwn} onChange={choose} />
      {isOwn ? (
        <RetentionForm owner={owner} policy={found.policy} isInherited={found.inherited} />
      ) : (
        <Policy found={found} />
      )}
    </>
  );
}

function Policy({ found }: { readonly found: Retention }) {
  const rules = found.policy?.rules ?? [];
  if (rules.length === 0) return <Text fz="sm">No rule: no tag is ever deleted by itself.</Text>;
  return <RuleWords label="Retention rules" rules={rules} then={({ keep }) => keepWords(keep)} />;
}
