import type { RequestParts, Route } from '@stowage/contracts';

type KeyPart<R extends Route> = R extends { readonly idempotencyKey: 'taken' }
  ? {
      /** The same for a request that is sent again because nobody knows what became of it: nothing is made twice. */
      readonly idempotencyKey?: string;
    }
  : { readonly idempotencyKey?: never };

/** What a request to a route is made of, by the route table. */
export type RouteRequest<R extends Route> = RequestParts<R> &
  KeyPart<R> & {
    readonly signal?: AbortSignal;
    /** What `requestTagged` has told: the request is refused (412) when somebody else has changed it since. */
    readonly ifMatch?: string | undefined;
  };

/** No second argument is needed for a route that needs nothing. */
export type Rest<R extends Route> =
  object extends RouteRequest<R> ? [request?: RouteRequest<R>] : [request: RouteRequest<R>];

/** What was answered, and its entity tag, to be sent back with a change. */
export type Tagged<T> = T & { readonly entityTag?: string | undefined };

/** A request to whichever route; `RouteRequest` says what it has to be for each. */
export interface AnyRequest {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly ifMatch?: string | undefined;
  readonly idempotencyKey?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}
