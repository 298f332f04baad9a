import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { JOB_RUN_STATES } from '@stowage/contracts';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { EmptyState } from '../../../components/ui/empty-state';
import { ErrorState } from '../../../components/ui/error-state';
import { ListSkeleton } from '../../../components/ui/list-skeleton';
import { LoadMore } from '../../../components/ui/load-more';
import { Panel } from '../../../components/ui/panel';
import { itemsOf } from '../../../lib/api/keyset-query';
import { type JobRunFilterValues, jobRunsQuery, NO_FILTER } from '../api/job-runs';
import { STATES } from './job-words';
import classes from './jobs.module.css';
import { RunList } from './run-list';

const TYPING_MS = 300;
const STATE_CHOICES = [
  { value: '', label: 'Any state' },
  ...JOB_RUN_STATES.map((value) => ({ value, label: STATES[value].label })),
];

/** The runs of one namespace, or (null) of everybody. */
export function RunBrowser({ namespace }: { readonly namespace: string | null }) {
  const [values, setValues] = useState(NO_FILTER);
  const [filter] = useDebouncedValue(values, TYPING_MS);
  const query = useInfiniteQuery({ ...jobRunsQuery(namespace, filter), placeholderData: keepPreviousData });
  const runs = itemsOf(query.data);
  const isFiltered = values !== NO_FILTER;
  return (
    <>
      {isFiltered || runs.length > 0 ? (
        <RunFilter values={values} onChange={setValues} hasNamespaces={namespace === null} />
      ) : null}
      <Panel flush title="Runs">
        {query.isPending ? (
          <ListSkeleton rows={5} />
        ) : query.isError && !query.data ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ) : runs.length === 0 && isFiltered ? (
          <EmptyState
            title="No such run"
            action={
              <Button variant="default" onClick={() => setValues(NO_FILTER)}>
                Show all runs
              </Button>
            }
          >
            No run matches the filter.
          </EmptyState>
        ) : runs.length === 0 ? (
          <EmptyState title="Nothing has run yet">
            Work that takes longer than a click, such as applying retention or deleting many tags, is listed here with
            its progress and its log.
          </EmptyState>
        ) : (
          <>
            <RunList namespace={namespace} runs={runs} />
            <LoadMore query={query} shown={runs.length} />
          </>
        )}
      </Panel>
    </>
  );
}

interface RunFilterProps {
  readonly values: JobRunFilterValues;
  readonly onChange: (values: JobRunFilterValues) => void;
  readonly hasNamespaces: boolean;
}

function RunFilter({ values, onChange, hasNamespaces }: RunFilterProps) {
  const set = (change: Partial<JobRunFilterValues>) => onChange({ ...values, ...change });
  const kind = (text: string) => text.trim().toLowerCase().replaceAll(/\s+/g, '-');
  return (
    <search className={classes.filter} aria-label="Filter runs">
      <NativeSelect
        label="State"
        data={STATE_CHOICES}
        value={values.state}
        onChange={({ currentTarget: { value } }) => set({ state: value as JobRunFilterValues['state'] })}
      />
      <TextInput
        label="Job"
        placeholder="retention"
        autoComplete="off"
        value={values.kind}
        onChange={({ currentTarget: { value } }) => set({ kind: kind(value) })}
      />
      {hasNamespaces ? (
        <TextInput
          label="Namespace"
          placeholder="its name"
          autoComplete="off"
          value={values.namespace}
          onChange={({ currentTarget: { value } }) => set({ namespace: value.trim() })}
        />
      ) : null}
    </search>
  );
}
