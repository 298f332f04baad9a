import type { Digest } from '@stowage/oci';
import type { Database, Db } from '../database.js';
import { Prisma } from '../generated/prisma/client.js';

/** The queues of garbage collection, and what tells their rows apart. */
const KEYS = {
  manifest_review: ['repository_id', 'digest'],
  link_review: ['repository_id', 'digest'],
  blob_review: ['digest'],
  object_removal: ['digest', 'generation'],
} as const;

export type ReviewQueue = keyof typeof KEYS;

/** A row that this collector looks at. Others leave it alone for some minutes, so that a collector may die with it. */
export interface Claim {
  readonly queue: ReviewQueue;
  readonly digest: Digest;
  /** Of a manifest or a link. */
  readonly repositoryId?: string;
  /** Of an object. */
  readonly generation?: string;
  /** Bytes of an object. */
  readonly size?: number;
  /** When the claim ends; a row that says something else was queued again by a change, and is not ours any more. */
  readonly until: string;
}

/** How long a claim lasts, and so how soon what failed is tried again: longer each time, a day at most. */
const CLAIM_SECONDS = 300;
const LONGEST_SECONDS = 86_400;
/** Something is just being pushed or deleted: worth another look soon. */
const BUSY_SECONDS = 10;

/** Claims up to `limit` rows that are due, oldest first; never one that another collector has, and none while it is paused. */
export async function claimDue(database: Database, queue: ReviewQueue, limit: number): Promise<Claim[]> {
  const columns = { repository_id: '"repositoryId"', digest: 'digest', generation: 'generation' };
  const keys = KEYS[queue].map((key) => `r.${key} AS ${columns[key]}`).join(', ');
  const size = queue === 'object_removal' ? ', r.size::float8 AS size' : '';
  const rows = await database.prepared<Omit<Claim, 'queue'>>(
    `claim_${queue}`,
    `UPDATE ${queue} r
     SET review_count = r.review_count + 1,
         review_after = now() + make_interval(secs => least($2, $3 * 2 ^ least(r.review_count, 20)))
     FROM (SELECT ctid FROM ${queue} WHERE review_after <= now() AND NOT EXISTS (SELECT 1 FROM collection_pause)
           ORDER BY review_after LIMIT $1 FOR UPDATE SKIP LOCKED) due
     WHERE r.ctid = due.ctid RETURNING ${keys}${size}, r.review_after::text AS until`,
    [limit, LONGEST_SECONDS, CLAIM_SECONDS],
  );
  return rows.map((row) => ({ ...row, queue }));
}

/** Those that still are as they were claimed, locked. Never waits: who has a row is a change that queues it again. */
export async function heldClaims(tx: Db, claims: readonly Claim[]): Promise<Claim[]> {
  const [queue] = claims;
  if (!queue) return [];
  const held = await tx.$queryRaw<{ index: number }[]>`
    SELECT c.index::int AS index FROM ${rowsOf(claims)} JOIN ${tableOf(queue)} q ON ${isRow(queue)}
    ORDER BY q.digest FOR UPDATE OF q SKIP LOCKED`;
  return held.flatMap(({ index }) => claims[index - 1] ?? []);
}

/** The rows were looked at. Leaves those that were queued again meanwhile. */
export async function settleClaims(tx: Db, claims: readonly Claim[]): Promise<void> {
  const [queue] = claims;
  if (queue) await tx.$executeRaw`DELETE FROM ${tableOf(queue)} q USING ${rowsOf(claims)} WHERE ${isRow(queue)}`;
}

/** Someone else has what the rows are about: looks again soon. */
export async function returnClaims(tx: Db, claims: readonly Claim[]): Promise<void> {
  const [queue] = claims;
  if (!queue) return;
  await tx.$executeRaw`
    UPDATE ${tableOf(queue)} q SET review_after = now() + make_interval(secs => ${BUSY_SECONDS}), review_count = 0
    FROM ${rowsOf(claims)} WHERE ${isRow(queue)}`;
}

/** Nothing may change before then: looks again at that time, a timestamp of the database. */
export async function postponeClaim(tx: Db, claim: Claim, until: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE ${tableOf(claim)} q SET review_after = ${until}::timestamptz, review_count = 0
    FROM ${rowsOf([claim])} WHERE ${isRow(claim)}`;
}

/**
 * Claims that could not be held although nobody has queued them again: another collector's claim has them locked for the moment
 * in which it finds that they are taken (it locks before it looks again). They are due at once, instead of when the claim ends.
 */
export async function giveBackUnheld(db: Db, claims: readonly Claim[]): Promise<void> {
  const [queue] = claims;
  if (!queue) return;
  await db.$executeRaw`
    UPDATE ${tableOf(queue)} r SET review_after = now(), review_count = 0
    FROM (SELECT q.ctid FROM ${tableOf(queue)} q JOIN ${rowsOf(claims)} ON ${isRow(queue)} FOR UPDATE OF q SKIP LOCKED) own
    WHERE r.ctid = own.ctid`;
}

function tableOf({ queue }: Claim): Prisma.Sql {
  return Prisma.raw(queue); // a name out of KEYS, never input
}

/** The claims as rows `c`, numbered from 1; they are all of one queue. */
function rowsOf(claims: readonly Claim[]): Prisma.Sql {
  const column = (key: 'digest' | 'until' | 'repositoryId' | 'generation') => claims.map((claim) => claim[key] ?? null);
  return Prisma.sql`
    unnest(${column('digest')}::text[], ${column('until')}::timestamptz[], ${column('repositoryId')}::uuid[],
           ${column('generation')}::text[]) WITH ORDINALITY AS c (digest, until, repository_id, generation, index)`;
}

function isRow({ repositoryId, generation }: Claim): Prisma.Sql {
  const parts = [Prisma.sql`q.digest = c.digest`, Prisma.sql`q.review_after = c.until`];
  if (repositoryId !== undefined) parts.push(Prisma.sql`q.repository_id = c.repository_id`);
  if (generation !== undefined) parts.push(Prisma.sql`q.generation = c.generation`);
  return Prisma.join(parts, ' AND ');
}
