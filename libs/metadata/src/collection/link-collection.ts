import type { RepositoryName } from '@stowage/oci';
import { SYSTEM_ACTOR } from '../actor.js';
import type { Database, Db } from '../database.js';
import { removeCharges } from '../registry/charges.js';
import { type Claim, heldClaims, returnClaims, settleClaims } from './review-queue.js';
import { keyOf, sortOut, type Verdicts } from './verdict.js';

interface Link {
  readonly repositoryId: string;
  readonly digest: Claim['digest'];
}

interface LockedLink extends Link {
  readonly namespaceId: string;
  readonly name: RepositoryName;
}

/**
 * Takes blobs out of repositories where no manifest needs them; their bytes leave the usage of the namespace. A manifest
 * that is being pushed holds its links, and then they are left for later. One that comes after finds the blob unknown
 * (2.4: R1).
 */
export async function collectLinks(database: Database, claims: readonly Claim[]): Promise<Verdicts> {
  return database.transaction(async (tx) => {
    const held = await heldClaims(tx, claims);
    const locked = await lockLinks(tx, held);
    // A statement of its own, so that it sees what was committed before the locks were there.
    const dead = await unlinkUnneeded(tx, locked);
    const there = await remainingLinks(tx, held);
    const { verdicts, busy, done } = sortOut(claims, { held, locked, collected: dead, there });
    await recordCollected(tx, locked, dead);
    await settleClaims(tx, done);
    await returnClaims(tx, busy);
    await removeCharges(tx, namespacesOf(locked, dead));
    return verdicts;
  });
}

async function lockLinks(tx: Db, claims: readonly Claim[]): Promise<LockedLink[]> {
  return tx.$queryRaw<LockedLink[]>`
    SELECT l.repository_id AS "repositoryId", l.digest, r.namespace_id AS "namespaceId", r.name
    FROM unnest(${repositoriesOf(claims)}::uuid[], ${digestsOf(claims)}::text[]) AS c (repository_id, digest)
    JOIN repository_blob l ON l.repository_id = c.repository_id AND l.digest = c.digest
    JOIN repository r ON r.id = l.repository_id
    FOR UPDATE OF l SKIP LOCKED FOR KEY SHARE OF r SKIP LOCKED`;
}

async function unlinkUnneeded(tx: Db, links: readonly Link[]): Promise<Link[]> {
  if (links.length === 0) return [];
  return tx.$queryRaw<Link[]>`
    DELETE FROM repository_blob l
    USING unnest(${repositoriesOf(links)}::uuid[], ${digestsOf(links)}::text[]) AS c (repository_id, digest)
    WHERE l.repository_id = c.repository_id AND l.digest = c.digest AND NOT EXISTS (
      SELECT 1 FROM manifest_blob m WHERE m.repository_id = l.repository_id AND m.blob_digest = l.digest
    ) AND NOT EXISTS (
      SELECT 1 FROM absent_reference a WHERE a.repository_id = l.repository_id AND a.digest = l.digest)
    RETURNING l.repository_id AS "repositoryId", l.digest`;
}

async function remainingLinks(tx: Db, claims: readonly Claim[]): Promise<Link[]> {
  return tx.$queryRaw<Link[]>`
    SELECT l.repository_id AS "repositoryId", l.digest
    FROM unnest(${repositoriesOf(claims)}::uuid[], ${digestsOf(claims)}::text[]) AS c (repository_id, digest)
    JOIN repository_blob l ON l.repository_id = c.repository_id AND l.digest = c.digest`;
}

async function recordCollected(tx: Db, locked: readonly LockedLink[], dead: readonly Link[]): Promise<void> {
  const collected = new Set(dead.map(keyOf));
  const data = locked
    .filter((link) => collected.has(keyOf(link)))
    .map(({ namespaceId, name, digest }) => ({
      action: 'blob.collect',
      actorName: SYSTEM_ACTOR.name,
      namespaceId,
      target: `${name}@${digest}`,
      detail: {},
    }));
  if (data.length > 0) await tx.auditEvent.createMany({ data });
}

function namespacesOf(locked: readonly LockedLink[], dead: readonly Link[]) {
  const collected = new Set(dead.map(keyOf));
  return locked.filter((link) => collected.has(keyOf(link)));
}

const repositoriesOf = (links: readonly { repositoryId?: string }[]) => links.map(({ repositoryId }) => repositoryId);
const digestsOf = (links: readonly { digest: string }[]) => links.map(({ digest }) => digest);
