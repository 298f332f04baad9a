import type { Actor } from './actor.js';
import type { Db } from './database.js';
import type { Prisma } from './generated/prisma/client.js';

export interface AuditEntry {
  readonly actor: Actor;
  /** `subject.verb`, such as `tag.delete`. */
  readonly action: string;
  readonly namespaceId: string | null;
  /** What was changed, as a person would name it. */
  readonly target: string;
  readonly detail?: Prisma.InputJsonObject;
}

/** Adds the audit row of a change, in the transaction of the change. */
export async function recordAudit(tx: Db, entry: AuditEntry): Promise<void> {
  await tx.auditEvent.create({
    data: {
      action: entry.action,
      actorId: entry.actor.userId,
      actorName: entry.actor.username,
      credentialId: entry.actor.credentialId,
      address: entry.actor.address,
      namespaceId: entry.namespaceId,
      target: entry.target,
      detail: entry.detail ?? {},
    },
    select: { id: true },
  });
}
