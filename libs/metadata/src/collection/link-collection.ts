import type { RepositoryName } from '@stowage/oci';
import { SYSTEM_ACTOR } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database } from '../database.js';
import { removeCharge } from '../registry/charges.js';
import { type Claim, holdClaim, returnClaim, settleClaim } from './review-queue.js';
import type { Verdict } from './verdict.js';

/**
 * Takes a blob out of a repository where no manifest needs it; its bytes leave the usage of the namespace. A manifest that
 * is being pushed holds the link, and then it is left for later. One that comes after finds the blob unknown (2.4: R1).
 */
export async function collectLink(database: Database, claim: Claim): Promise<Verdict> {
  const { digest, repositoryId } = claim;
  if (repositoryId === undefined) throw new TypeError('not a claim of a link');
  return database.transaction(async (tx) => {
    if (!(await holdClaim(tx, claim))) return 'postponed';
    const [link] = await tx.$queryRaw<{ namespaceId: string; name: RepositoryName }[]>`
      SELECT r.namespace_id AS "namespaceId", r.name
      FROM repository_blob l JOIN repository r ON r.id = l.repository_id
      WHERE l.repository_id = ${repositoryId}::uuid AND l.digest = ${digest} FOR UPDATE OF l SKIP LOCKED`;
    if (!link) {
      const isThere = (await tx.repositoryBlob.count({ where: { repositoryId, digest } })) > 0;
      await (isThere ? returnClaim(tx, claim) : settleClaim(tx, claim));
      return isThere ? 'busy' : 'gone';
    }
    await settleClaim(tx, claim);
    if (await tx.manifestBlob.findFirst({ where: { repositoryId, blobDigest: digest } })) return 'kept';
    await tx.$executeRaw`
      DELETE FROM repository_blob WHERE repository_id = ${repositoryId}::uuid AND digest = ${digest}`;
    const { namespaceId, name } = link;
    const target = `${name}@${digest}`;
    await recordAudit(tx, { actor: SYSTEM_ACTOR, action: 'blob.collect', namespaceId, target });
    await removeCharge(tx, { namespaceId, digest });
    return 'collected';
  });
}
