import { grantRoutes } from '@stowage/contracts';
import { keysetQuery } from '../../../lib/api/keyset-query';

export const repositoryAccessQuery = (namespace: string, name: string) =>
  keysetQuery(['repository-access', namespace, name], grantRoutes.listRepositoryAccess, {
    params: { namespace, repository: name },
  });
