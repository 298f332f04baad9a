import { type AnswerOf, API_PREFIX, type RequestParts, type Route } from '@stowage/contracts';
import { addressOf, callRoute, sendTo } from './call-route';

type RouteRequest<R extends Route> = RequestParts<R> & { readonly signal?: AbortSignal };

/** No second argument is needed for a route that needs nothing. */
type Rest<R extends Route> = object extends RouteRequest<R> ? [request?: RouteRequest<R>] : [request: RouteRequest<R>];

/**
 * Calls a route of the table in `@stowage/contracts`, which says what the request takes and what the answer is; the answer
 * is checked with the route's schema. Throws an `ApiError`.
 */
export async function request<R extends Route>(route: R, ...[given]: Rest<R>): Promise<AnswerOf<R>> {
  return (await callRoute(route, given ?? {})) as AnswerOf<R>;
}

/**
 * Calls a route that deletes something. The id of its entry in the trash, from which it can be restored; null when it is gone
 * for good. Throws an `ApiError`.
 */
export async function requestDeletion<R extends Route>(route: R, ...[given]: Rest<R>): Promise<string | null> {
  const response = await sendTo(route, given ?? {});
  return response.headers.get('location')?.split('/').at(-1) ?? null;
}

/** Where a browser finds what a route answers with a file. */
export function hrefOf<R extends Route>(route: R, ...[given]: Rest<R>): string {
  return `${API_PREFIX}${addressOf(route, given ?? {})}`;
}
