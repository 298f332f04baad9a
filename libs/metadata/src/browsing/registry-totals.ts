import type { Database } from '../database.js';

/** What the whole registry holds, exactly. */
export interface RegistryTotals {
  readonly users: number;
  readonly namespaces: number;
  readonly repositories: number;
  readonly tags: number;
  readonly manifests: number;
  readonly blobs: number;
  /** Of blobs, each counted once, whoever links it: what the storage holds. */
  readonly storedBytes: number;
  /** Of all namespaces; a blob counts in each that has it. */
  readonly chargedBytes: number;
  /** For uploads that are open. */
  readonly reservedBytes: number;
  readonly openUploads: number;
}

/** Cross-tenant. Reads whole tables: a second or two in a registry of millions, so ask seldom. */
export async function registryTotals(database: Database): Promise<RegistryTotals> {
  const [totals] = await database.prepared<RegistryTotals & { [column: string]: unknown }>(
    'registry_totals',
    `SELECT (SELECT count(*) FROM app_user)::int AS users, (SELECT count(*) FROM namespace)::int AS namespaces,
       (SELECT count(*) FROM repository)::int AS repositories, (SELECT count(*) FROM tag)::int AS tags,
       (SELECT count(*) FROM manifest)::int AS manifests, (SELECT count(*) FROM upload_session)::int AS "openUploads",
       stored.blobs::int AS blobs, stored.bytes::float8 AS "storedBytes",
       charged.used::float8 AS "chargedBytes", charged.reserved::float8 AS "reservedBytes"
     FROM (SELECT count(*) AS blobs, coalesce(sum(size), 0) AS bytes FROM blob WHERE state = 'live') AS stored,
       (SELECT coalesce(sum(used_bytes), 0) AS used, coalesce(sum(reserved_bytes), 0) AS reserved
        FROM namespace_usage) AS charged`,
    [],
  );
  return totals as RegistryTotals;
}
