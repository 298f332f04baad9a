import type { Database } from '../database.js';
import { type ManifestKey, unneededManifests } from './unneeded-manifests.js';

export interface Amount {
  readonly manifests: number;
  /** Blobs that leave repositories. */
  readonly links: number;
  /** Objects that leave storage, and what they hold. */
  readonly objects: number;
  readonly bytes: number;
}

export interface NamespaceForecast {
  readonly namespace: string;
  /** Bytes that leave its usage with what is due, and after the delays of the rest. */
  readonly dueBytes: number;
  readonly laterBytes: number;
}

/** What garbage collection would do if nothing changed from here on. */
export interface CollectionForecast {
  /** Their time has come. */
  readonly due: Amount;
  /** Their delay is not over, or they go because of something that goes. */
  readonly later: Amount;
  /** Those with the most bytes. */
  readonly namespaces: readonly NamespaceForecast[];
}

interface Shares {
  readonly isDue: boolean;
  readonly links: number;
}

const SHOWN_NAMESPACES = 200;

/** SQL: links that go when the manifests `dead` ($1, $2) do, and whether they may go now. */
const GOING = `
  dead AS (SELECT * FROM unnest($1::uuid[], $2::text[]) AS d (repository_id, digest)),
  candidate AS (
    SELECT repository_id, digest, review_after <= now() AS is_due FROM link_review
    UNION ALL
    SELECT b.repository_id, b.blob_digest, false FROM manifest_blob b
    JOIN dead d ON d.repository_id = b.repository_id AND d.digest = b.manifest_digest),
  going AS (
    SELECT l.repository_id, l.digest, bool_or(c.is_due) AND NOT EXISTS (
        SELECT 1 FROM manifest_blob m WHERE m.repository_id = l.repository_id AND m.blob_digest = l.digest) AS is_due
    FROM candidate c JOIN repository_blob l ON l.repository_id = c.repository_id AND l.digest = c.digest
    WHERE NOT EXISTS (
        SELECT 1 FROM manifest_blob m WHERE m.repository_id = l.repository_id AND m.blob_digest = l.digest
          AND NOT EXISTS (SELECT 1 FROM dead d WHERE d.repository_id = m.repository_id AND d.digest = m.manifest_digest))
      AND NOT EXISTS (
        SELECT 1 FROM absent_reference a WHERE a.repository_id = l.repository_id AND a.digest = l.digest
          AND NOT EXISTS (SELECT 1 FROM dead d WHERE d.repository_id = a.repository_id AND d.digest = a.manifest_digest))
    GROUP BY l.repository_id, l.digest)`;

/** Looks at what is queued and at what follows from it, and changes nothing. The cost follows the garbage. */
export async function forecastCollection(database: Database): Promise<CollectionForecast> {
  const { due, later } = await unneededManifests(database);
  const dead = [...due, ...later];
  const keys = [dead.map(({ repositoryId }) => repositoryId), dead.map(({ digest }) => digest)];
  const links = await database.prepared<Shares>(
    'forecast_links',
    `WITH ${GOING} SELECT is_due AS "isDue", count(*)::float8 AS links FROM going GROUP BY is_due`,
    keys,
  );
  const objects = await database.prepared<{ isDue: boolean; objects: number; bytes: number }>(
    'forecast_objects',
    `WITH ${GOING}, gone AS (
       SELECT b.digest, b.size, coalesce(bool_and(g.is_due), true) AS is_due
       FROM (SELECT digest FROM going UNION SELECT digest FROM blob_review) AS c
       JOIN blob b ON b.digest = c.digest LEFT JOIN going g ON g.digest = b.digest
       WHERE NOT EXISTS (SELECT 1 FROM repository_blob l WHERE l.digest = b.digest AND NOT EXISTS (
         SELECT 1 FROM going k WHERE k.repository_id = l.repository_id AND k.digest = l.digest))
       GROUP BY b.digest
       UNION ALL SELECT digest, size, true FROM object_removal)
     SELECT is_due AS "isDue", count(*)::float8 AS objects, sum(size)::float8 AS bytes FROM gone GROUP BY is_due`,
    keys,
  );
  const amount = (isDue: boolean, manifests: readonly ManifestKey[]): Amount => {
    const stored = objects.find((each) => each.isDue === isDue);
    const linked = links.find((each) => each.isDue === isDue)?.links ?? 0;
    return { manifests: manifests.length, links: linked, objects: stored?.objects ?? 0, bytes: stored?.bytes ?? 0 };
  };
  return { due: amount(true, due), later: amount(false, later), namespaces: await byNamespace(database, keys, due) };
}

/** A namespace pays once for a blob, so that bytes leave its usage with the last link there. */
async function byNamespace(
  database: Database,
  keys: readonly (readonly string[])[],
  due: readonly ManifestKey[],
): Promise<NamespaceForecast[]> {
  return database.prepared<NamespaceForecast>(
    'forecast_namespaces',
    `WITH ${GOING}, item AS (
       SELECT r.namespace_id, g.digest, b.size, bool_and(g.is_due) AS is_due
       FROM going g JOIN repository r ON r.id = g.repository_id JOIN blob b ON b.digest = g.digest
       WHERE NOT EXISTS (SELECT 1 FROM repository_blob l JOIN repository o ON o.id = l.repository_id
         WHERE l.digest = g.digest AND o.namespace_id = r.namespace_id AND NOT EXISTS (
           SELECT 1 FROM going k WHERE k.repository_id = l.repository_id AND k.digest = l.digest))
       GROUP BY r.namespace_id, g.digest, b.size
       UNION ALL
       SELECT r.namespace_id, m.digest, m.payload_size, m.digest = ANY ($3::text[])
       FROM dead d JOIN manifest m ON m.repository_id = d.repository_id AND m.digest = d.digest
       JOIN repository r ON r.id = m.repository_id)
     SELECT n.name AS namespace, coalesce(sum(size) FILTER (WHERE is_due), 0)::float8 AS "dueBytes",
            coalesce(sum(size) FILTER (WHERE NOT is_due), 0)::float8 AS "laterBytes"
     FROM item i JOIN namespace n ON n.id = i.namespace_id
     GROUP BY n.name ORDER BY sum(size) DESC, n.name LIMIT ${SHOWN_NAMESPACES}`,
    [...keys, due.map(({ digest }) => digest)],
  );
}
