import type { Digest } from '@stowage/oci';
import type { Database, Db } from '../database.js';
import { type Claim, heldClaims, returnClaims, settleClaims } from './review-queue.js';
import { sortOut, type Verdicts } from './verdict.js';

interface Named {
  readonly digest: Digest;
}

/**
 * Forgets blobs that no repository links, and queues their objects for removal, in one transaction: from here on the
 * digests are unknown everywhere. Whoever uploads one meanwhile waits for this transaction and makes a new row, with a
 * generation of its own, so that the removal can't reach the new bytes (2.2).
 */
export async function collectBlobs(database: Database, claims: readonly Claim[]): Promise<Verdicts> {
  return database.transaction(async (tx) => {
    const held = await heldClaims(tx, claims);
    const locked = await tx.$queryRaw<Named[]>`
      SELECT digest FROM blob WHERE digest = ANY (${digestsOf(held)}::text[]) FOR UPDATE SKIP LOCKED`;
    // A statement of its own, so that it sees the links that were committed before the locks were there.
    const collected = await forgetUnlinked(tx, locked);
    const there = await tx.$queryRaw<Named[]>`SELECT digest FROM blob WHERE digest = ANY (${digestsOf(held)}::text[])`;
    const { verdicts, busy, done } = sortOut(claims, { held, locked, collected, there });
    await settleClaims(tx, done);
    await returnClaims(tx, busy);
    return verdicts;
  });
}

async function forgetUnlinked(tx: Db, blobs: readonly Named[]): Promise<Named[]> {
  if (blobs.length === 0) return [];
  return tx.$queryRaw<Named[]>`
    WITH dead AS (
      DELETE FROM blob b WHERE b.digest = ANY (${digestsOf(blobs)}::text[])
        AND NOT EXISTS (SELECT 1 FROM repository_blob l WHERE l.digest = b.digest)
      RETURNING b.digest, b.generation, b.size
    )
    INSERT INTO object_removal (digest, generation, size) SELECT digest, generation, size FROM dead
    RETURNING digest`;
}

const digestsOf = (blobs: readonly Named[]) => blobs.map(({ digest }) => digest);
