import {
  ApiError,
  type BrokenContractError,
  Client,
  type ItemOf,
  type ListRest,
  type ListRoute,
  type Rest,
  type Tagged,
} from '@stowage/client';
import type { AnswerOf, Page, Route } from '@stowage/contracts';
import { confirmedAfter } from './confirmation';

export type { ItemOf, ListRest, ListRoute, Tagged } from '@stowage/client';

/** A request that is refused until the person has typed the password again is sent again after that. */
const client = new Client({ mayRepeat: confirmedAfter, onBrokenContract: askToReload });

/** Calls a route of the table in `@stowage/contracts`. Throws an `ApiError`. */
export function request<R extends Route>(route: R, ...rest: Rest<R>): Promise<AnswerOf<R>> {
  return client.request(route, ...rest);
}

/** With the id of the entry in the trash; null when it is gone for good. */
export function requestDeletion<R extends Route>(route: R, ...rest: Rest<R>): Promise<string | null> {
  return client.requestDeletion(route, ...rest);
}

/** With the entity tag, for the `ifMatch` of a change. */
export function requestTagged<R extends Route>(route: R, ...rest: Rest<R>): Promise<Tagged<AnswerOf<R>>> {
  return client.requestTagged(route, ...rest);
}

/** Where a browser finds what a route answers with a file. */
export function hrefOf<R extends Route>(route: R, ...rest: Rest<R>): string {
  return client.hrefOf(route, ...rest);
}

/** One page of a list. */
export function requestPage<R extends ListRoute>(
  route: R,
  page: { readonly cursor: string | undefined; readonly limit: number; readonly signal: AbortSignal },
  ...rest: ListRest<R>
): Promise<Page<ItemOf<R>>> {
  return client.page(route, page, ...rest);
}

/** The page is older than the registry, or the other way round. */
function askToReload(error: BrokenContractError): never {
  reportError(error);
  throw new ApiError(
    error.status,
    'The registry answered in a form that this page does not know. Reload the page to get its current version.',
  );
}
