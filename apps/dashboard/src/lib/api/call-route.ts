import { pathOf, queryStringOf, type Route } from '@stowage/contracts';
import { ApiError } from './api-error';
import { readJson, send } from './send';

/** A request to whichever route; `request` says what it has to be for each. */
export interface AnyRequest {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly ifMatch?: string | undefined;
  readonly signal?: AbortSignal;
}

/** The answer, checked with the schema of the route; undefined for a route without content. Throws an `ApiError`. */
export async function callRoute(route: Route, given: AnyRequest): Promise<unknown> {
  return answerOf(route, await sendTo(route, given));
}

/** What `callRoute` makes of an answer. */
export async function answerOf(route: Route, response: Response): Promise<unknown> {
  if (!route.answer) return undefined;
  const parsed = route.answer.safeParse(response.status === 204 ? undefined : await readJson(response));
  if (parsed.success) return parsed.data;
  reportError(new Error(`${route.method} ${route.path} broke its contract`, { cause: parsed.error }));
  throw new ApiError(
    response.status,
    'The registry answered in a form that this page does not know. Reload the page to get its current version.',
  );
}

/** The answer as it came, which is a success. Throws an `ApiError`. */
export function sendTo(route: Route, { body, ifMatch, signal, ...address }: AnyRequest): Promise<Response> {
  return send({ method: route.method, path: addressOf(route, address), body, ifMatch, signal });
}

/** Below `API_PREFIX`. */
export function addressOf(route: Route, { params = {}, query }: Pick<AnyRequest, 'params' | 'query'>): string {
  return `${pathOf(route, params)}${queryStringOf(query)}`;
}
