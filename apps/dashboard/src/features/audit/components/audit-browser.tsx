import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconDownload } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { EmptyState } from '../../../components/ui/empty-state';
import { ErrorState } from '../../../components/ui/error-state';
import { ListSkeleton } from '../../../components/ui/list-skeleton';
import { LoadMore } from '../../../components/ui/load-more';
import { Panel } from '../../../components/ui/panel';
import { itemsOf } from '../../../lib/api/keyset-query';
import { auditExportUrl, auditQuery, NO_FILTER } from '../api/audit-events';
import { AuditFilter } from './audit-filter';
import { AuditList } from './audit-list';
import classes from './audit.module.css';

const TYPING_MS = 300;

/** Of one namespace, or (null) of the whole registry. */
export function AuditBrowser({ namespace }: { readonly namespace: string | null }) {
  const [values, setValues] = useState(NO_FILTER);
  const [filter] = useDebouncedValue(values, TYPING_MS);
  const query = useInfiniteQuery({ ...auditQuery(namespace, filter), placeholderData: keepPreviousData });
  const events = itemsOf(query.data);
  const save = (format: 'csv' | 'json') => (
    <Button
      component="a"
      href={auditExportUrl(namespace, filter, format)}
      download
      variant="default"
      size="xs"
      leftSection={<IconDownload size={14} />}
    >
      {format.toUpperCase()}
    </Button>
  );
  return (
    <>
      <AuditFilter values={values} onChange={setValues} />
      <Panel
        flush
        title="Events"
        aside={
          <div className={classes.files}>
            {save('csv')}
            {save('json')}
          </div>
        }
      >
        {query.isPending ? (
          <ListSkeleton rows={8} />
        ) : query.isError && !query.data ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ) : events.length === 0 ? (
          <EmptyState
            title="No such event"
            action={
              <Button variant="default" onClick={() => setValues(NO_FILTER)}>
                Show everything
              </Button>
            }
          >
            Nothing that happened here matches the filter.
          </EmptyState>
        ) : (
          <>
            <AuditList events={events} />
            <LoadMore query={query} shown={events.length} />
          </>
        )}
      </Panel>
    </>
  );
}
