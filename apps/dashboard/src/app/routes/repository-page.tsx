import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Navigate, useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { repositoryQuery } from '../../features/repositories/api/get-repository';
import { parseRepositorySplat, repositorySplat } from '../../lib/repository-path';
import { NotFoundPage } from './not-found-page';
import { QueryFailure } from './query-failure';
import { RepositoryHome } from './repository-home';
import { loadView } from './repository-views';

const TagPage = lazy(async () => ({ default: (await loadView.tag()).TagPage }));
const TagHistoryPage = lazy(async () => ({ default: (await loadView.history()).TagHistoryPage }));
const ManifestPage = lazy(async () => ({ default: (await loadView.manifest()).ManifestPage }));
const loading = <Skeleton height={120} radius="lg" aria-label="Loading" />;

/** One route for everything in a repository, because its name can have any number of slashes. */
export function RepositoryPage() {
  const { namespace, _splat = '' } = useParams({ from: '/shell/n/$namespace/r/$' });
  const location = parseRepositorySplat(_splat);
  return location ? <Repository namespace={namespace} name={location.name} view={location.view} /> : <NotFoundPage />;
}

type RepositoryProps = NonNullable<ReturnType<typeof parseRepositorySplat>> & { readonly namespace: string };

function Repository({ namespace, name, view }: RepositoryProps) {
  const { platform } = useSearch({ from: '/shell/n/$namespace/r/$' });
  const query = useQuery(repositoryQuery(namespace, name));
  // The view's code comes together with the repository instead of after it.
  useEffect(() => void loadView[view.kind](), [view.kind]);
  if (query.isPending) return loading;
  if (query.isError) return <QueryFailure error={query.error} onRetry={() => void query.refetch()} />;
  const repository = query.data;
  if (repository.namespace !== namespace || repository.name !== name) {
    const params = { namespace: repository.namespace, _splat: repositorySplat(repository.name, view) };
    return <Navigate to="/n/$namespace/r/$" params={params} replace />;
  }
  return (
    <Suspense fallback={loading}>
      {view.kind === 'tag' ? (
        <TagPage key={view.tag} repository={repository} tag={view.tag} platform={platform} />
      ) : view.kind === 'history' ? (
        <TagHistoryPage key={view.tag} repository={repository} tag={view.tag} />
      ) : view.kind === 'manifest' ? (
        <ManifestPage repository={repository} digest={view.digest} platform={platform} />
      ) : (
        <RepositoryHome repository={repository} view={view.kind} />
      )}
    </Suspense>
  );
}
