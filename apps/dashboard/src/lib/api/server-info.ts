import { sessionRoutes } from '@stowage/contracts';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { request } from './client';

/** What this installation is called and whether people may sign up; the same for everybody. */
export const serverInfoQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => request(sessionRoutes.getSetup, { signal }),
  staleTime: 5 * 60_000,
});

/** Host and port that clients name. The page's own host stands in until the answer is here. */
export function useRegistryHost(): string {
  return useQuery(serverInfoQuery).data?.registryHost ?? window.location.host;
}

/** Docker trusts plain HTTP on localhost by itself; podman and skopeo have to be told. */
export function useIsPlainHttp(): boolean {
  return useQuery(serverInfoQuery).data?.publicUrl.startsWith('http:') ?? false;
}

/** The origin that clients know the registry by. The page's own stands in until the answer is here. */
export function usePublicUrl(): string {
  return useQuery(serverInfoQuery).data?.publicUrl ?? window.location.origin;
}
