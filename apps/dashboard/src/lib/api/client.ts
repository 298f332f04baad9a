import { type AnswerOf, API_PREFIX, type RequestParts, type Route } from '@stowage/contracts';
import { addressOf, answerOf, callRoute, sendTo } from './call-route';

type RouteRequest<R extends Route> = RequestParts<R> & {
  readonly signal?: AbortSignal;
  /** What `requestTagged` has told: the request is refused (412) when somebody else has changed it since. */
  readonly ifMatch?: string | undefined;
};

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

/** What was answered, and its entity tag, to be sent back with a change. */
export type Tagged<T> = T & { readonly entityTag?: string | undefined };

/** As `request`, of a route whose answer is changed by people who may all have it open at the same time. */
export async function requestTagged<R extends Route>(route: R, ...[given]: Rest<R>): Promise<Tagged<AnswerOf<R>>> {
  const response = await sendTo(route, given ?? {});
  const answer = (await answerOf(route, response)) as object;
  return { ...answer, entityTag: response.headers.get('etag') ?? undefined } as Tagged<AnswerOf<R>>;
}

/** Where a browser finds what a route answers with a file. */
export function hrefOf<R extends Route>(route: R, ...[given]: Rest<R>): string {
  return `${API_PREFIX}${addressOf(route, given ?? {})}`;
}
