import { repositoryRoutes } from '@stowage/contracts';
import { queryOptions } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';
import { keysetQuery } from '../../../lib/api/keyset-query';

export interface RepositoryId {
  readonly namespace: string;
  readonly name: string;
}

export const tagsQuery = ({ namespace, name }: RepositoryId) =>
  keysetQuery(['tags', namespace, name], repositoryRoutes.listTags, { params: { namespace, repository: name } });

export const tagQuery = ({ namespace, name }: RepositoryId, tag: string) =>
  queryOptions({
    queryKey: ['tag', namespace, name, tag],
    queryFn: ({ signal }) => request(repositoryRoutes.getTag, { params: { namespace, repository: name, tag }, signal }),
  });
