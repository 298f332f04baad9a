import type { Grant } from '@stowage/contracts';
import { parseRepositoryName, type RepositoryName } from '@stowage/oci';
import fc from 'fast-check';
import { type Access, CATALOG_ACCESS, mergeAccess, REGISTRY_ACTIONS, repositoryAccess } from '../src/access.js';
import type { RepositoryStanding } from '../src/authorize.js';

/** Few names, so that lists of accesses and grants meet. */
const component = fc.constantFrom('acme', 'acm', 'team', 'app', 'a.b', 'x__y', 'z-1');

export const anyRepositoryName: fc.Arbitrary<RepositoryName> = fc
  .array(component, { minLength: 2, maxLength: 4 })
  .map((components) => parseRepositoryName(components.join('/')));

export const anyActions = fc.subarray([...REGISTRY_ACTIONS]);

const anyAccess: fc.Arbitrary<Access> = fc
  .oneof(
    { weight: 5, arbitrary: fc.tuple(anyRepositoryName, fc.subarray([...REGISTRY_ACTIONS], { minLength: 1 })) },
    { weight: 1, arbitrary: fc.constant(null) },
  )
  .map((choice) => (choice === null ? CATALOG_ACCESS : repositoryAccess(...choice)));

/** As `parseScopes` makes them: one entry a resource, actions in order. */
export const anyAccessList = fc.array(anyAccess, { maxLength: 12 }).map(mergeAccess);

export const anyGrants: fc.Arbitrary<Grant[]> = fc.array(
  fc.record({
    repository: fc.tuple(anyRepositoryName, fc.boolean()).map(([name, isPrefix]) => (isPrefix ? `${name}/*` : name)),
    actions: fc.subarray(['pull', 'push', 'delete', 'api'] as const, { minLength: 1 }).map((actions) => [...actions]),
  }),
  { maxLength: 6 },
);

export const anyStanding: fc.Arbitrary<RepositoryStanding> = fc.record({
  name: anyRepositoryName,
  exists: fc.boolean(),
  visibility: fc.constantFrom('private', 'internal', 'public', null),
  role: fc.constantFrom('reader', 'developer', 'maintainer', 'owner', null),
  grants: anyGrants,
});
