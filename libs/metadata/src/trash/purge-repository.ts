import type { Digest } from '@stowage/oci';
import type { Db } from '../database.js';
import { removeCharges } from '../registry/charges.js';

/** So much of a repository goes in one transaction, however large it is. */
const MANIFESTS = 200;
const LINKS = 500;
const EVENTS = 5000;

export interface DoomedRepository {
  readonly id: string;
  readonly namespaceId: string;
}

/**
 * One step of a repository's end; false when there was nothing left but its row, which goes with it. The bytes of each step
 * leave the usage with it, and what no other repository holds is collected at once: a trigger queues it.
 */
export async function purgeStep(tx: Db, repository: DoomedRepository): Promise<boolean> {
  if (await purgeManifests(tx, repository)) return true;
  if (await purgeLinks(tx, repository)) return true;
  if (await purgeEvents(tx, repository)) return true;
  await tx.$executeRaw`DELETE FROM link_review WHERE repository_id = ${repository.id}::uuid`;
  await tx.$executeRaw`DELETE FROM manifest_review WHERE repository_id = ${repository.id}::uuid`;
  await tx.$executeRaw`DELETE FROM repository WHERE id = ${repository.id}::uuid`;
  return false;
}

async function purgeManifests(tx: Db, { id, namespaceId }: DoomedRepository): Promise<boolean> {
  const doomed = await tx.$queryRaw<{ digest: Digest }[]>`
    SELECT digest FROM manifest WHERE repository_id = ${id}::uuid ORDER BY digest LIMIT ${MANIFESTS} FOR UPDATE`;
  if (doomed.length === 0) return false;
  const digests = doomed.map(({ digest }) => digest);
  await tx.$executeRaw`
    DELETE FROM manifest_child
    WHERE repository_id = ${id}::uuid
      AND (parent_digest = ANY (${digests}::text[]) OR child_digest = ANY (${digests}::text[]))`;
  await tx.$executeRaw`
    DELETE FROM manifest WHERE repository_id = ${id}::uuid AND digest = ANY (${digests}::text[])`;
  await removeCharges(
    tx,
    digests.map((digest) => ({ namespaceId, digest })),
  );
  return true;
}

async function purgeLinks(tx: Db, { id, namespaceId }: DoomedRepository): Promise<boolean> {
  const unlinked = await tx.$queryRaw<{ digest: Digest }[]>`
    DELETE FROM repository_blob WHERE repository_id = ${id}::uuid AND digest IN (
      SELECT digest FROM repository_blob WHERE repository_id = ${id}::uuid ORDER BY digest LIMIT ${LINKS} FOR UPDATE)
    RETURNING digest`;
  await removeCharges(
    tx,
    unlinked.map(({ digest }) => ({ namespaceId, digest })),
  );
  return unlinked.length > 0;
}

async function purgeEvents(tx: Db, { id }: DoomedRepository): Promise<boolean> {
  const told = await tx.$executeRaw`
    DELETE FROM tag_event WHERE repository_id = ${id}::uuid AND id IN (
      SELECT e.id FROM tag_event e WHERE e.repository_id = ${id}::uuid LIMIT ${EVENTS})`;
  return told > 0;
}
