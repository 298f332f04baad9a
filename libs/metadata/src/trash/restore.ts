import { recordAudit } from '../audit.js';
import type { Database, Db } from '../database.js';
import { restoreManifest } from './restore-manifest.js';
import { restoreNamespace } from './restore-namespace.js';
import { restoreRepository } from './restore-repository.js';
import { restoreTag } from './restore-tag.js';
import type { Restoration, RestoreOutcome } from './restoration.js';
import { type EntryRow, lockEntry } from './trash-entry.js';

const RESTORE = {
  tag: restoreTag,
  manifest: restoreManifest,
  repository: restoreRepository,
  namespace: restoreNamespace,
} as const;

/** Puts what an entry holds back to where it was, in one transaction with its audit row. */
export async function restoreEntry(
  database: Database,
  entryId: string,
  restoration: Restoration,
): Promise<RestoreOutcome> {
  return database.transaction(async (tx) => {
    const entry = await lockEntry(tx, entryId);
    if (!entry || entry.isPurging) return { kind: 'gone' };
    const restored = await RESTORE[entry.kind](tx, entry, restoration);
    if ('obstacle' in restored) return { kind: 'refused', obstacle: restored.obstacle };
    await settle(tx, entry, { ...restoration, target: restored.target });
    return { kind: 'restored', target: restored.target, left: restored.left ?? [] };
  });
}

async function settle(
  tx: Db,
  { id, kind, namespaceId, digest, runId }: EntryRow,
  { actor, reason, target }: Pick<Restoration, 'actor' | 'reason'> & { readonly target: string },
): Promise<void> {
  await tx.trashEntry.delete({ where: { id }, select: { id: true } });
  const detail = {
    ...(digest === null ? {} : { digest }),
    ...(runId === null ? {} : { run: runId }),
    ...(reason === undefined ? {} : { reason }),
  };
  await recordAudit(tx, { actor, action: `${kind}.restore`, namespaceId, target, detail });
}
