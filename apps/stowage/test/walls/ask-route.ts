import { API_PREFIX, type NamedRoute, successStatus } from '@stowage/contracts';
import type { Caller } from './callers.js';
import type { SiteRequest } from './open-site.js';
import { fillPath, type Preparation } from './requests/prepared-request.js';
import { PREPARATIONS } from './requests/index.js';
import type { World } from './world.js';

export interface PreparedRequest extends SiteRequest {
  /** What somebody who is let through is answered with. */
  readonly success: number;
}

/** A request of the caller that would succeed if the walls let it through. */
export async function prepareRequest(route: NamedRoute, world: World, caller: Caller): Promise<PreparedRequest> {
  const headers = await world.credentials(caller);
  // What a route before this one has begun would refuse all that follow.
  await world.site.database.run((db) => db.readOnlyMode.deleteMany());
  const prepared: Preparation = (await PREPARATIONS[route.operation]?.(world, caller)) ?? {};
  const body = prepared.body ?? route.example;
  return {
    method: route.method,
    path: `${API_PREFIX}${fillPath(route, world, prepared)}`,
    headers,
    ...(route.body === undefined ? {} : { body }),
    success: prepared.status ?? successStatus(route),
  };
}
