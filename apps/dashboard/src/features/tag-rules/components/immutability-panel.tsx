import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorState } from '../../../components/ui/error-state';
import { ListSkeleton } from '../../../components/ui/list-skeleton';
import { Panel } from '../../../components/ui/panel';
import { notify } from '../../../lib/notify';
import { type ImmutabilityInForce, immutabilityQuery, useSetImmutability } from '../api/immutability';
import type { RulesOwner } from '../api/owner';
import { ImmutabilityForm } from './immutability-form';
import { Inheritance } from './inheritance';
import { RuleWords } from './rule-words';

interface ImmutabilityPanelProps {
  readonly owner: RulesOwner;
  readonly mayChange: boolean;
}

export function ImmutabilityPanel({ owner, mayChange }: ImmutabilityPanelProps) {
  const query = useQuery(immutabilityQuery(owner));
  return (
    <Panel title="Immutable tags">
      {query.isPending ? (
        <ListSkeleton rows={2} />
      ) : query.isError && !query.data ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Stack gap="md">
          <Text fz="sm" c="dimmed" maw={720}>
            A tag that a rule holds can be pushed once: after that nobody moves or deletes it, and retention leaves it
            alone. The same image may be pushed again. In a pattern, * stands for any characters, ? for one, and ** for
            any folders.
          </Text>
          {mayChange ? (
            <Editor key={query.data.updatedAt} owner={owner} found={query.data} />
          ) : (
            <Rules found={query.data} />
          )}
        </Stack>
      )}
    </Panel>
  );
}

function Editor({ owner, found }: { readonly owner: RulesOwner; readonly found: ImmutabilityInForce }) {
  const inherit = useSetImmutability(owner);
  const [isOwn, setIsOwn] = useState(owner.repository === null || !found.inherited);
  if (owner.repository === null) return <ImmutabilityForm owner={owner} rules={found.rules} />;
  const choose = (own: boolean) => {
    setIsOwn(own);
    if (own || found.inherited) return;
    inherit.mutate(null, {
      onSuccess: () => notify({ message: 'The rules of the namespace hold here again.' }),
      onError: () => setIsOwn(true),
    });
  };
  return (
    <>
      <Inheritance label="Immutability rules" isOwn={isOwn} onChange={choose} />
      {isOwn ? (
        <ImmutabilityForm owner={owner} rules={found.rules} areInherited={found.inherited} />
      ) : (
        <Rules found={found} />
      )}
    </>
  );
}

function Rules({ found }: { readonly found: ImmutabilityInForce }) {
  if (found.rules.length > 0) return <RuleWords label="Immutability rules" rules={found.rules} />;
  return <Text fz="sm">No rule: every tag may be moved and deleted by those who may push and delete.</Text>;
}
