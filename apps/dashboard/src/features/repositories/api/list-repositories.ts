import { type RepositoryQuery, repositoryRoutes } from '@stowage/contracts';
import { keyOfFilter, type ListFilter } from '../../../components/ui/use-list-filter';
import { keysetQuery } from '../../../lib/api/keyset-query';

export const repositoriesQuery = (namespace: string, filter: ListFilter<RepositoryQuery['sort']> = {}) =>
  keysetQuery(['repositories', namespace, ...keyOfFilter(filter)], repositoryRoutes.listRepositories, {
    params: { namespace },
    filter,
  });
