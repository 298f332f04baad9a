import type { Role } from '@stowage/contracts';
import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Db } from '../database.js';
import { holdToLimit } from '../quota/hold-to-limit.js';
import { withdrawMail } from '../mail/mail-queue.js';

export interface Invitee {
  readonly id: string;
  readonly username: string;
  readonly email: string;
}

export type InvitationOutcome =
  | { readonly kind: 'accepted'; readonly namespace: string; readonly role: Role }
  /** Wrong, used, taken back, or too old: nobody is told which. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'member'; readonly namespace: string }
  /** The invitation names another address than the account has. */
  | { readonly kind: 'other address'; readonly email: string };

/**
 * Makes the person a member and uses the invitation up. In the transaction of a sign-up it is what lets somebody in. Two who
 * have the same link meet at its row: one of them gets in. Throws `LimitExceededError`; the invitation is still good then.
 */
export async function acceptInvitation(
  tx: Db,
  { hash, invitee, actor }: { readonly hash: Uint8Array; readonly invitee: Invitee; readonly actor: Actor },
): Promise<InvitationOutcome> {
  const [invitation] = await tx.$queryRaw<InvitationRow[]>`
    SELECT i.id, i.namespace_id AS "namespaceId", n.name AS namespace, i.email, i.role, i.invited_by AS "invitedBy"
    FROM invitation i JOIN namespace n ON n.id = i.namespace_id AND n.deleted_at IS NULL
    WHERE i.hash = ${hash} AND i.expires_at > now() FOR UPDATE OF i`;
  if (!invitation) return { kind: 'unknown' };
  const { id, namespaceId, namespace, email, role, invitedBy } = invitation;
  if (email !== null && email.toLowerCase() !== invitee.email.toLowerCase()) return { kind: 'other address', email };
  const joined = await tx.$executeRaw`
    INSERT INTO namespace_member (namespace_id, user_id, role)
    VALUES (${namespaceId}::uuid, ${invitee.id}::uuid, ${role}::member_role) ON CONFLICT DO NOTHING`;
  if (joined === 0) return { kind: 'member', namespace };
  await holdToLimit(tx, namespaceId, 'members');
  await tx.invitation.delete({ where: { id } });
  await withdrawMail(tx, id);
  await recordAudit(tx, {
    actor,
    action: 'invitation.accept',
    namespaceId,
    target: `${namespace}/${invitee.username}`,
    detail: { before: null, after: { role }, invitation: id, invitedBy },
  });
  return { kind: 'accepted', namespace, role };
}

interface InvitationRow {
  readonly id: string;
  readonly namespaceId: string;
  readonly namespace: string;
  readonly email: string | null;
  readonly role: Role;
  readonly invitedBy: string | null;
}
