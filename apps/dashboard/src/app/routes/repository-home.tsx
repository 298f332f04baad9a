import type { Repository, Tag } from '@stowage/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { PageHeader } from '../../components/layout/page-header';
import { CommandBlock } from '../../components/ui/command-block';
import { EmptyState } from '../../components/ui/empty-state';
import { ListSkeleton } from '../../components/ui/list-skeleton';
import { Panel } from '../../components/ui/panel';
import { tagsQuery } from '../../features/images/api/tags';
import { VisibilityBadge } from '../../features/repositories/components/visibility-badge';
import { useRegistryHost } from '../../lib/api/server-info';
import { itemsOf } from '../../lib/api/keyset-query';
import { usePageTitle } from '../../lib/page-title';
import { NotFoundPage } from './not-found-page';
import classes from './pages.module.css';
import { ReportAbuse } from './report-abuse';
import { RepositoryCrumbs } from './repository-crumbs';
import { RepositoryTabs } from './repository-tabs';
import { loadView } from './repository-views';

const TagBrowser = lazy(async () => ({ default: (await loadView.tags()).TagBrowser }));
const TagRulesPage = lazy(async () => ({ default: (await loadView['tag-rules']()).RepositoryTagRulesPage }));
const SettingsPage = lazy(async () => ({ default: (await loadView.settings()).RepositorySettingsPage }));

/** `latest` is only a name: where it was never pushed, the newest tag stands in. */
function tagToPull(tags: readonly Tag[]): string | undefined {
  const images = tags.filter(({ kind }) => kind !== 'artifact');
  const newest = images.toSorted((a, b) => b.pushedAt.localeCompare(a.pushedAt))[0];
  return images.find(({ name }) => name === 'latest')?.name ?? newest?.name;
}

const TITLES = { tags: undefined, settings: 'Settings', 'tag-rules': 'Tag rules' } as const;

interface RepositoryHomeProps {
  readonly repository: Repository;
  readonly view: 'tags' | 'settings' | 'tag-rules';
}

/** Settings are for those who may change them, rules for those whom they may stop. */
function isFor({ permissions }: Repository, view: RepositoryHomeProps['view']): boolean {
  if (view === 'settings') return permissions.settings;
  return view === 'tags' || permissions.push;
}

/** A repository: its tags and, for those who may change it, its settings. */
export function RepositoryHome({ repository, view }: RepositoryHomeProps) {
  const { namespace, name, description, visibility, permissions } = repository;
  usePageTitle(TITLES[view], `${namespace}/${name}`);
  const target = `${useRegistryHost()}/${namespace}/${name}`;
  const pulled = tagToPull(itemsOf(useInfiniteQuery(tagsQuery(repository)).data));
  if (!isFor(repository, view)) return <NotFoundPage />;
  const empty = (
    <Panel>
      <EmptyState title="No tags yet">
        {permissions.push
          ? 'Push to this repository and the tag appears here.'
          : 'Nothing has been pushed to this repository.'}
      </EmptyState>
      {permissions.push ? <CommandBlock label="Push" command={`docker push ${target}:latest`} /> : null}
    </Panel>
  );
  return (
    <>
      <PageHeader
        crumbs={<RepositoryCrumbs namespace={namespace} />}
        title={
          <>
            {name} <VisibilityBadge visibility={visibility} />
          </>
        }
        lead={description ? <div className={classes.description}>{description}</div> : null}
        actions={
          pulled ? (
            <div className={classes.pull}>
              <CommandBlock label="Pull" command={`docker pull ${target}:${pulled}`} />
            </div>
          ) : null
        }
      />
      <div className={classes.tabs}>
        <RepositoryTabs repository={repository} />
      </div>
      <Suspense
        fallback={
          <Panel flush>
            <ListSkeleton rows={6} />
          </Panel>
        }
      >
        {view === 'settings' ? (
          <SettingsPage repository={repository} />
        ) : view === 'tag-rules' ? (
          <TagRulesPage repository={repository} />
        ) : (
          <TagBrowser
            key={`${namespace}/${name}`}
            repository={repository}
            canDelete={permissions.delete}
            empty={empty}
          />
        )}
      </Suspense>
      {visibility === 'public' ? <ReportAbuse name={`${namespace}/${name}`} /> : null}
    </>
  );
}
