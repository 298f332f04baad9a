import { repositoryRoutes } from '@stowage/contracts';
import { queryOptions } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';
import type { RepositoryId } from './tags';

/** A digest names one content for ever; only the tags that point to it move. */
export const manifestQuery = ({ namespace, name }: RepositoryId, digest: string) =>
  queryOptions({
    queryKey: ['manifest', namespace, name, digest],
    queryFn: ({ signal }) =>
      request(repositoryRoutes.getManifest, { params: { namespace, repository: name, digest }, signal }),
    staleTime: 60_000,
  });
