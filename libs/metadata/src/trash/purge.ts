import { failPoint } from '@stowage/failpoints';
import type { Digest } from '@stowage/oci';
import { type Actor, SYSTEM_ACTOR } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database, Db } from '../database.js';
import { eraseManifest } from '../registry/manifest-deletion.js';
import { type ReviewDelay, reviewManifests } from '../registry/reviews.js';
import { needOf } from '../collection/manifest-need.js';
import { eraseNow } from './erase-now.js';
import { purgeStep } from './purge-repository.js';
import { type EntryRow, lockEntry, pinRepositoryOf } from './trash-entry.js';

export interface PurgeOptions {
  /** The time is over for those that ask for nothing else; a person who asks wants the bytes gone at once. */
  readonly now?: boolean;
  readonly actor?: Actor;
  /** Why an administrator does it in somebody else's namespace: for the log. */
  readonly reason?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface Beginning {
  readonly now: boolean;
  readonly actor: Actor;
  readonly reason: string | undefined;
}

/** `going on`: what is left is purged by the job, and nothing restores it any more. */
export type PurgeOutcome = 'purged' | 'going on' | 'gone';

/** The end of what is in the trash. Any number of processes may purge at once; one that dies is followed by another. */
export class TrashPurge {
  constructor(
    private readonly database: Database,
    private readonly delay: ReviewDelay,
  ) {}

  /** Entries whose time is over, or whose purge was begun and not finished. */
  async due(limit: number): Promise<string[]> {
    const rows = await this.database.prepared<{ id: string }>(
      'trash_due',
      'SELECT id FROM trash_entry WHERE purge_after <= now() ORDER BY purge_after LIMIT $1',
      [limit],
    );
    return rows.map(({ id }) => id);
  }

  /** In bounded transactions; stops between two of them when the signal aborts. */
  async purge(
    entryId: string,
    { now = false, actor = SYSTEM_ACTOR, reason, signal }: PurgeOptions = {},
  ): Promise<PurgeOutcome> {
    const entry = await this.#begin(entryId, { now, actor, reason });
    if (entry === 'purged' || entry === 'gone') return entry;
    for (let goesOn = true; goesOn; ) {
      await failPoint('N1');
      if (signal?.aborted) return 'going on';
      goesOn = await this.database.transaction((tx) => this.#step(tx, entry));
    }
    return 'purged';
  }

  /** A tag or a manifest goes in this transaction; the rest is marked, so that nothing restores half of it. */
  async #begin(entryId: string, { now, actor, reason }: Beginning): Promise<EntryRow | 'purged' | 'gone'> {
    return this.database.transaction(async (tx) => {
      const entry = await lockEntry(tx, entryId);
      if (!entry) return 'gone';
      if (!now && !entry.isPurging && !(await isOver(tx, entryId))) return 'gone';
      if (entry.isPurging) return entry;
      if (entry.kind === 'tag' || entry.kind === 'manifest') {
        await this.#purgeSmall(tx, entry, { now, actor, reason });
        return 'purged';
      }
      await tx.$executeRaw`
        UPDATE trash_entry SET is_purging = true, purge_after = least(purge_after, now()) WHERE id = ${entryId}::uuid`;
      const target = entry.kind === 'namespace' ? entry.name : `${await namespaceName(tx, entry)}/${entry.name}`;
      await recordAudit(tx, {
        actor,
        action: `${entry.kind}.purge`,
        namespaceId: entry.namespaceId,
        target,
        detail: reason === undefined ? { now } : { now, reason },
      });
      return entry;
    });
  }

  async #purgeSmall(tx: Db, entry: EntryRow, { now, actor, reason }: Beginning): Promise<void> {
    const repository = await pinRepositoryOf(tx, entry);
    const { digest, kind, namespaceId } = entry;
    if (digest === null) throw new Error('a tag and a manifest have a digest');
    const { id: repositoryId } = repository;
    const where = kind === 'manifest' ? { repositoryId, digest } : { id: entry.id };
    // With a manifest go the entries of its tags: without it there is nothing to restore.
    await tx.trashEntry.deleteMany({ where });
    const target = kind === 'tag' ? `${repository.name}:${entry.name}` : `${repository.name}@${digest}`;
    const action = kind === 'tag' ? 'tag.purge' : 'manifest.purge';
    // The row of a manifest that goes for good in this step is that of the step: one change, one row.
    if (kind === 'manifest' && !now && !(await isNeeded(tx, { repositoryId, digest }))) {
      await eraseManifest(tx, { repository, digest, actor }, { action, delay: this.delay });
      return;
    }
    const detail = reason === undefined ? { digest, now } : { digest, now, reason };
    await recordAudit(tx, { actor, action, namespaceId, target, detail });
    if (now) await eraseNow(tx, { repository, digests: [digest], actor, delay: this.delay });
    else if (kind === 'tag')
      await reviewManifests(tx, { repositoryId, digests: [digest] }, { event: 'purge', delay: this.delay });
  }

  /** False when nothing is left. Who comes while another one is at work waits for its transaction. */
  async #step(tx: Db, { id, kind, namespaceId, repositoryId }: EntryRow): Promise<boolean> {
    if (!(await lockEntry(tx, id))) return false;
    if (kind === 'repository' && repositoryId !== null) return purgeStep(tx, { id: repositoryId, namespaceId });
    const [next] = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM repository WHERE namespace_id = ${namespaceId}::uuid ORDER BY id LIMIT 1`;
    if (next) {
      await purgeStep(tx, { id: next.id, namespaceId });
      return true;
    }
    await endNamespace(tx, namespaceId);
    return false;
  }
}

/** The manifest is locked then: nobody begins to need it. */
async function isNeeded(
  tx: Db,
  manifest: { readonly repositoryId: string; readonly digest: Digest },
): Promise<boolean> {
  await tx.$queryRaw`
    SELECT 1 FROM manifest WHERE repository_id = ${manifest.repositoryId}::uuid AND digest = ${manifest.digest} FOR UPDATE`;
  return (await needOf(tx, manifest)).isNeeded;
}

async function isOver(tx: Db, id: string): Promise<boolean> {
  const over = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM trash_entry WHERE id = ${id}::uuid AND purge_after <= now()`;
  return over.length > 0;
}

async function namespaceName(tx: Db, { namespaceId }: EntryRow): Promise<string> {
  const { name } = await tx.namespace.findUniqueOrThrow({ where: { id: namespaceId }, select: { name: true } });
  return name;
}

/** Its names were held while it could come back; from now on they are for 90 days. */
async function endNamespace(tx: Db, namespaceId: string): Promise<void> {
  const [entry] = await tx.trashEntry.findMany({ where: { namespaceId, kind: 'namespace' }, select: { held: true } });
  const held = entry?.held as { names?: string[] } | undefined;
  await tx.$executeRaw`
    UPDATE namespace_name SET held_until = now() + interval '90 days'
    WHERE namespace_id IS NULL AND name = ANY (${held?.names ?? []}::text[])`;
  await tx.$executeRaw`DELETE FROM namespace WHERE id = ${namespaceId}::uuid`;
}
