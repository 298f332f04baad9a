import type { RepositoryName } from '@stowage/oci';
import { SYSTEM_ACTOR } from '../actor.js';
import type { Database, Db } from '../database.js';
import { eraseManifest } from '../registry/manifest-deletion.js';
import type { ReviewDelay } from '../registry/reviews.js';
import { needOf } from './manifest-need.js';
import { type Claim, heldClaims, postponeClaim, returnClaims, settleClaims } from './review-queue.js';
import type { Verdict, Verdicts } from './verdict.js';

interface LockedManifest {
  readonly namespaceId: string;
  readonly name: RepositoryName;
}

/** One transaction each: what a manifest leaves behind is queued with it. */
export async function collectManifests(
  database: Database,
  claims: readonly Claim[],
  delay: ReviewDelay,
): Promise<Verdicts> {
  const verdicts: { claim: Claim; verdict: Verdict }[] = [];
  for (const claim of claims) verdicts.push({ claim, verdict: await collectManifest(database, claim, delay) });
  return verdicts;
}

/**
 * Deletes a manifest that has no tag, is in no index, is no referrer of a manifest that is there, and that neither the trash
 * nor the history of a tag keeps. Nothing is waited
 * for: a push of the manifest, of a tag on it or of an index with it holds the row, and then it is left for later. A push
 * that comes after waits for this transaction and stores the manifest again.
 */
async function collectManifest(database: Database, claim: Claim, delay: ReviewDelay): Promise<Verdict> {
  const { digest, repositoryId } = claim;
  if (repositoryId === undefined) throw new TypeError('not a claim of a manifest');
  return database.transaction(async (tx) => {
    if ((await heldClaims(tx, [claim])).length === 0) return 'postponed';
    const [manifest] = await tx.$queryRaw<LockedManifest[]>`
      SELECT r.namespace_id AS "namespaceId", r.name
      FROM manifest m JOIN repository r ON r.id = m.repository_id
      WHERE m.repository_id = ${repositoryId}::uuid AND m.digest = ${digest} FOR UPDATE OF m SKIP LOCKED FOR KEY SHARE OF r SKIP LOCKED`;
    if (!manifest) return leave(tx, claim, await tx.manifest.count({ where: { repositoryId, digest } }));
    const need = await needOf(tx, { repositoryId, digest });
    if (need.isNeeded) {
      await settleClaims(tx, [claim]);
      return 'kept';
    }
    if (need.keptUntil !== null) {
      await postponeClaim(tx, claim, need.keptUntil);
      return 'kept';
    }
    const repository = { id: repositoryId, namespaceId: manifest.namespaceId, name: manifest.name };
    await settleClaims(tx, [claim]);
    await eraseManifest(tx, { repository, digest, actor: SYSTEM_ACTOR }, { action: 'manifest.collect', delay });
    return 'collected';
  });
}

async function leave(tx: Db, claim: Claim, count: number): Promise<Verdict> {
  await (count > 0 ? returnClaims(tx, [claim]) : settleClaims(tx, [claim]));
  return count > 0 ? 'busy' : 'gone';
}
