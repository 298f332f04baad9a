import { paths, repositorySchema } from '@stowage/contracts';
import { keysetQuery } from '../../../lib/api/keyset-query';

export const repositoriesQuery = (namespace: string) =>
  keysetQuery(['repositories', namespace], paths.repositories(namespace), repositorySchema);
