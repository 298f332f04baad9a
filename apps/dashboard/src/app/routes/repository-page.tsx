import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { repositoryQuery } from '../../features/repositories/api/get-repository';
import { parseRepositorySplat } from '../../lib/repository-path';
import { ManifestPage } from './manifest-page';
import { NotFoundPage } from './not-found-page';
import { QueryFailure } from './query-failure';
import { RepositoryHome } from './repository-home';
import { TagPage } from './tag-page';

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
  if (query.isPending) return <Skeleton height={120} radius="lg" aria-label="Loading" />;
  if (query.isError) return <QueryFailure error={query.error} onRetry={() => void query.refetch()} />;
  const repository = query.data;
  if (view.kind === 'tag') return <TagPage key={view.tag} repository={repository} tag={view.tag} platform={platform} />;
  if (view.kind === 'manifest')
    return <ManifestPage repository={repository} digest={view.digest} platform={platform} />;
  return <RepositoryHome repository={repository} settings={view.kind === 'settings'} />;
}
