import { type AnswerOf, API_PREFIX, type RequestParts, type Route } from '@stowage/contracts';
import { addressOf, callRoute } from './call-route';

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

/** Where a browser finds what a route answers with a file. */
export function hrefOf<R extends Route>(route: R, ...[given]: Rest<R>): string {
  return `${API_PREFIX}${addressOf(route, given ?? {})}`;
}
