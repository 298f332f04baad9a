import type { z } from 'zod';

/**
 * Who may call a route: the least that a caller needs. `see` is what visibility gives, the other words are operations of
 * a role. Roles are decided in `@stowage/auth`; that a route keeps its rule is what the walls of apps/stowage prove.
 */
export type AccessRule =
  /** No credentials are needed; bad ones are refused all the same. */
  | 'anyone'
  /** A session, or an access token without limits. */
  | 'signed-in'
  /** A session: no access token, and no administrator in somebody's place. */
  | 'in-person'
  | 'administrator'
  /** In the namespace that the path names; 404 for whoever may not see its inside. */
  | `namespace: ${string}`
  /** On the repository that the path names; 404 for whoever may not see it. */
  | `repository: ${string}`;

export type HttpMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A route of the management API. */
export interface Route {
  readonly method: HttpMethod;
  /** Below `API_PREFIX`, with parameters as OpenAPI writes them: `/namespaces/{namespace}`. */
  readonly path: `/${string}`;
  readonly access: AccessRule;
  /** One line. */
  readonly summary: string;
  readonly description?: string;
  /** A route that names none takes none: whatever is sent is refused. */
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** What a person would send. Must be good by `body`. */
  readonly example?: unknown;
  /** None: the answer has no content. */
  readonly answer?: z.ZodType;
  /** Media types of an answer that is a file instead. */
  readonly file?: readonly string[];
  /** Where the rule of `changesContent` says something else. */
  readonly inReadOnlyMode?: 'refused' | 'goes on';
  /**
   * Of a POST that makes something: `taken` lets a caller repeat it under an `Idempotency-Key`. An answer with a secret is
   * kept nowhere, so it can't be repeated: a key is refused then, as for every other POST.
   */
  readonly idempotencyKey?: 'taken' | 'answers a secret';
  /** Of success; unless it says something else: 201 for a POST that answers, 200 for others that do, 204 without content. */
  readonly status?: number;
}

export type Routes = Readonly<Record<string, Route>>;

/** A part of the API, as its documentation is divided. */
export interface RouteArea {
  readonly name: string;
  readonly about: string;
  /** By operation: a name that no other area has. */
  readonly routes: Routes;
}

export function successStatus({ method, answer, file, status }: Route): number {
  if (status !== undefined) return status;
  if (!answer && !file) return 204;
  return method === 'POST' ? 201 : 200;
}
