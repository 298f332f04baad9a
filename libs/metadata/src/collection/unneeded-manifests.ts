import type { Database } from '../database.js';

export interface ManifestKey {
  readonly repositoryId: string;
  readonly digest: string;
}

/** Indexes of indexes and signatures of signatures: deeper ones are found by the next forecast. */
const MAX_DEPTH = 16;

/**
 * SQL: nothing keeps `m`, besides the manifests `dead` ($1, $2). The same that `needOf` asks for one manifest under locks,
 * but for the history of tags, which only says when.
 */
const IS_UNNEEDED = `
  NOT EXISTS (SELECT 1 FROM tag t WHERE t.repository_id = m.repository_id AND t.digest = m.digest)
  AND NOT EXISTS (
    SELECT 1 FROM manifest_child p WHERE p.repository_id = m.repository_id AND p.child_digest = m.digest
      AND NOT EXISTS (SELECT 1 FROM dead d WHERE d.repository_id = p.repository_id AND d.digest = p.parent_digest))
  AND NOT EXISTS (
    SELECT 1 FROM absent_reference a WHERE a.repository_id = m.repository_id AND a.digest = m.digest
      AND NOT EXISTS (SELECT 1 FROM dead d WHERE d.repository_id = a.repository_id AND d.digest = a.manifest_digest))
  AND NOT EXISTS (SELECT 1 FROM trash_entry e WHERE e.repository_id = m.repository_id AND e.digest = m.digest)
  AND (m.deleted_at IS NOT NULL OR NOT EXISTS (
    SELECT 1 FROM manifest s WHERE s.repository_id = m.repository_id AND s.digest = m.subject_digest
      AND NOT EXISTS (SELECT 1 FROM dead d WHERE d.repository_id = s.repository_id AND d.digest = s.digest)))`;

const DEAD = 'dead AS (SELECT * FROM unnest($1::uuid[], $2::text[]) AS d (repository_id, digest))';

const QUEUED = `
  WITH ${DEAD}
  SELECT m.repository_id AS "repositoryId", m.digest, q.review_after <= now() AND NOT (m.deleted_at IS NULL AND EXISTS (
      SELECT 1 FROM tag_event t WHERE t.repository_id = m.repository_id AND t.previous_digest = m.digest
        AND t.kept_until > now())) AS "isDue"
  FROM manifest_review q JOIN manifest m ON m.repository_id = q.repository_id AND m.digest = q.digest
  WHERE ${IS_UNNEEDED}`;

/** Children of dead indexes and referrers of dead subjects. */
const FOLLOWING = `
  WITH ${DEAD}, near AS (
    SELECT c.repository_id, c.child_digest AS digest FROM manifest_child c
    JOIN dead d ON d.repository_id = c.repository_id AND d.digest = c.parent_digest
    UNION
    SELECT m.repository_id, m.digest FROM manifest m
    JOIN dead d ON d.repository_id = m.repository_id AND d.digest = m.subject_digest
    UNION
    SELECT repository_id, digest FROM manifest_review)
  SELECT m.repository_id AS "repositoryId", m.digest
  FROM near n JOIN manifest m ON m.repository_id = n.repository_id AND m.digest = n.digest
  WHERE NOT EXISTS (SELECT 1 FROM dead d WHERE d.repository_id = m.repository_id AND d.digest = m.digest)
    AND ${IS_UNNEEDED}`;

/** Manifests that nothing keeps and whose time has come, and those that go later or with them. */
export async function unneededManifests(
  database: Database,
): Promise<{ readonly due: ManifestKey[]; readonly later: ManifestKey[] }> {
  const queued = await database.prepared<ManifestKey & { isDue: boolean }>('forecast_manifests', QUEUED, [[], []]);
  const due = queued.filter(({ isDue }) => isDue);
  const later: ManifestKey[] = queued.filter(({ isDue }) => !isDue);
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
    const dead = [...due, ...later];
    if (dead.length === 0) break;
    const keys = [dead.map(({ repositoryId }) => repositoryId), dead.map(({ digest }) => digest)];
    const following = await database.prepared<ManifestKey>('forecast_following', FOLLOWING, keys);
    if (following.length === 0) break;
    later.push(...following);
  }
  return { due, later };
}
