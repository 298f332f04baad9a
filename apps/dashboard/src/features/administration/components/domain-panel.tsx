import { Button, CloseButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { DomainList, SignUpDomain } from '@stowage/contracts';
import { IconPlus } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { EmptyState } from '../../../components/ui/empty-state';
import { FilterBox } from '../../../components/ui/filter-box';
import { KeysetList } from '../../../components/ui/keyset-list';
import { lazyDialog } from '../../../components/ui/lazy-dialog';
import { Panel } from '../../../components/ui/panel';
import { messageOf } from '../../../lib/api/api-error';
import { notify } from '../../../lib/notify';
import { signUpDomainsQuery, useDeleteDomain } from '../api/sign-up-domains';
import type { AddDomainsModalProps } from './add-domains-modal';
import classes from './administration.module.css';

const AddDomainsDialog = lazyDialog<AddDomainsModalProps>(
  async () => (await import('./add-domains-modal')).AddDomainsModal,
);

const WORDS = {
  blocked: {
    title: 'Blocked domains of addresses',
    empty: 'Accounts may have addresses anywhere. Put the services for throw-away mail here to keep them out.',
  },
  allowed: {
    title: 'Allowed domains of addresses',
    empty: 'While this list is empty, every domain that is not blocked is allowed. With one entry, all others are not.',
  },
} as const;

const TYPING_MS = 250;

/** One of the two lists of domains; each domain speaks for those below it. */
export function DomainPanel({ list }: { readonly list: DomainList }) {
  const [text, setText] = useState('');
  const [isAdding, setAdding] = useState(false);
  const [search] = useDebouncedValue(text.trim().toLowerCase(), TYPING_MS);
  const query = useInfiniteQuery({ ...signUpDomainsQuery(list, search), placeholderData: keepPreviousData });
  const { title, empty } = WORDS[list];
  return (
    <Panel
      title={title}
      aside={
        <Button
          size="xs"
          leftSection={<IconPlus size={16} />}
          aria-label={`Add to the ${list} domains`}
          onClick={() => setAdding(true)}
        >
          Add
        </Button>
      }
    >
      <div className={classes.bar}>
        <FilterBox label={`Search ${list} domains`} value={text} onChange={setText} />
      </div>
      <KeysetList
        query={query}
        rows={2}
        empty={
          search === '' ? (
            <EmptyState title="No domains">{empty}</EmptyState>
          ) : (
            <EmptyState title="No such domain">No domain on this list contains “{search}”.</EmptyState>
          )
        }
      >
        {(domains) => <Domains list={list} domains={domains} />}
      </KeysetList>
      <AddDomainsDialog list={list} opened={isAdding} onClose={() => setAdding(false)} />
    </Panel>
  );
}

function Domains({ list, domains }: { readonly list: DomainList; readonly domains: readonly SignUpDomain[] }) {
  const remove = useDeleteDomain();
  return (
    <ul className={classes.domains} aria-label={WORDS[list].title}>
      {domains.map(({ domain }) => (
        <li key={domain}>
          {domain}
          <CloseButton
            size="sm"
            aria-label={`Take ${domain} off the list`}
            disabled={remove.isPending}
            onClick={() =>
              remove.mutate(domain, {
                onSuccess: () => notify({ message: `${domain} is not ${list} any more.` }),
                onError: (error) => notify({ color: 'red', message: messageOf(error) }),
              })
            }
          />
        </li>
      ))}
    </ul>
  );
}
