import type { Database } from '../database.js';
import { type Claim, holdClaim, returnClaim, settleClaim } from './review-queue.js';
import type { Verdict } from './verdict.js';

/**
 * Forgets a blob that no repository links, and queues its object for removal, in one transaction: from here on the digest is
 * unknown everywhere. Whoever uploads it meanwhile waits for this transaction and makes a new row, with a generation of
 * its own, so that the removal can't reach the new bytes (2.2).
 */
export async function collectBlob(database: Database, claim: Claim): Promise<Verdict> {
  const { digest } = claim;
  return database.transaction(async (tx) => {
    if (!(await holdClaim(tx, claim))) return 'postponed';
    const [blob] = await tx.$queryRaw<{ size: bigint; generation: string }[]>`
      SELECT size, generation FROM blob WHERE digest = ${digest} FOR UPDATE SKIP LOCKED`;
    if (!blob) {
      const isThere = (await tx.blob.count({ where: { digest } })) > 0;
      await (isThere ? returnClaim(tx, claim) : settleClaim(tx, claim));
      return isThere ? 'busy' : 'gone';
    }
    await settleClaim(tx, claim);
    if (await tx.repositoryBlob.findFirst({ where: { digest } })) return 'kept';
    await tx.$executeRaw`DELETE FROM blob WHERE digest = ${digest}`;
    await tx.objectRemoval.create({ data: { digest, ...blob }, select: { digest: true } });
    return 'collected';
  });
}
