import { repositoryRoutes } from '@stowage/contracts';
import { keysetQuery } from '../../../lib/api/keyset-query';

export const repositoriesQuery = (namespace: string) =>
  keysetQuery(['repositories', namespace], repositoryRoutes.listRepositories, { params: { namespace } });
