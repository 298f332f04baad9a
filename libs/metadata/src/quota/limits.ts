import type { LimitName, Limits } from '@stowage/contracts';

/** How rows say that there is no limit: the largest number that is exact everywhere. Answers say null. */
export const UNLIMITED = Number.MAX_SAFE_INTEGER;

/** Limits of a namespace's own; null: the plan's. */
export type OwnLimits = Readonly<Record<LimitName, number | null>>;

/** Limits of a plan; storage null: the configuration's. */
export type PlanLimits = Readonly<Record<Exclude<LimitName, 'storageBytes'>, number> & { storageBytes: number | null }>;

/** The columns of `plan` and of `namespace_limit`. */
export const LIMIT_COLUMNS = {
  storageBytes: 'storage_bytes',
  privateRepositories: 'private_repositories',
  members: 'members',
  robots: 'robots',
  layerBytes: 'layer_bytes',
} as const satisfies Record<LimitName, string>;

const NAMES = Object.keys(LIMIT_COLUMNS) as LimitName[];

/** A list of columns under the names that we use: `alias.storage_bytes::float8 AS "storageBytes", …`. */
export function limitColumns(alias: string): string {
  return NAMES.map((name) => `${alias}.${LIMIT_COLUMNS[name]}::float8 AS "${name}"`).join(', ');
}

/** For people and programs: null is no limit. */
export function toLimits(row: Readonly<Record<LimitName, number>>): Limits {
  return mapLimits((name) => shownLimit(row[name]));
}

export function shownLimit(value: number): number | null {
  return value >= UNLIMITED ? null : value;
}

export function storedLimit(value: number | null): number {
  return value ?? UNLIMITED;
}

export function mapLimits<Value>(valueOf: (name: LimitName) => Value): Record<LimitName, Value> {
  return {
    storageBytes: valueOf('storageBytes'),
    privateRepositories: valueOf('privateRepositories'),
    members: valueOf('members'),
    robots: valueOf('robots'),
    layerBytes: valueOf('layerBytes'),
  };
}
