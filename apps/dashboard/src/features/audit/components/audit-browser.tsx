import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconDownload } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { EmptyState } from '../../../components/ui/empty-state';
import { KeysetList } from '../../../components/ui/keyset-list';
import { Panel } from '../../../components/ui/panel';
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
        <KeysetList
          query={query}
          rows={8}
          empty={
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
          }
        >
          {(events) => <AuditList events={events} />}
        </KeysetList>
      </Panel>
    </>
  );
}
