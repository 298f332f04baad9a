import type { NamedRoute } from '@stowage/contracts';
import type { Caller } from '../callers.js';
import type { World } from '../world.js';

/** What the request of a route needs besides the namespace and the repository of its world. */
export interface Preparation {
  readonly params?: Readonly<Record<string, string>>;
  /** Instead of the example. */
  readonly body?: unknown;
  readonly query?: string;
  /** For a route whose success nobody can prepare: what somebody who is let through is told. */
  readonly status?: number;
}

/** Makes what the request names, so that a caller who is let through succeeds. */
export type Prepare = (world: World, caller: Caller) => Promise<Preparation> | Preparation;

/** By operation. A route that is not here is asked for with its example, on what every world has. */
export type Preparations = Readonly<Record<string, Prepare>>;

/** The path and the body of a request to a route, for a caller of a world. */
export function fillPath(route: NamedRoute, world: World, { params = {}, query }: Preparation): string {
  const known: Record<string, string> = {
    namespace: world.tenant.namespace.name,
    repository: world.repository,
    tag: world.tag,
    digest: world.image.digest,
    ...params,
  };
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = known[name];
    if (value === undefined) throw new Error(`nothing prepares {${name}} of ${route.operation}`);
    return encodeURIComponent(value);
  });
  return query === undefined ? path : `${path}?${query}`;
}
