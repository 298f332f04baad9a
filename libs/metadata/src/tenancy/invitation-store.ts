import type { Role } from '@stowage/contracts';
import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database, Db } from '../database.js';
import { type QueuedMail, queueMail, withdrawMail } from '../mail/mail-queue.js';

export interface InvitationRecord {
  readonly id: string;
  /** Null: whoever has the link may accept. */
  readonly email: string | null;
  readonly role: Role;
  readonly invitedBy: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** What the link shows to whoever has it. */
export interface InvitationOffer extends InvitationRecord {
  readonly namespace: string;
  readonly displayName: string;
}

interface NamespaceRef {
  readonly id: string;
  readonly name: string;
}

/** The part of an invitation that its link is made of: new with each link. */
export interface InvitationLink {
  readonly hash: Uint8Array<ArrayBuffer>;
  readonly lifetimeSeconds: number;
  readonly invitedBy: string;
  /** Undefined without an address. */
  readonly letter: QueuedMail | undefined;
}

/** Where to, by which link, and who asks. */
interface Invitation {
  readonly namespace: NamespaceRef;
  readonly link: InvitationLink;
  readonly actor: Actor;
}

export interface NewInvitation {
  readonly id: string;
  readonly email: string | null;
  readonly role: Role;
}

/** So many people a namespace may wait for at a time: letters to strangers are not for the asking. */
export const MAX_INVITATIONS = 100;

const COLUMNS = `i.id, i.email, i.role, i.invited_by AS "invitedBy", i.created_at AS "createdAt", i.expires_at AS "expiresAt"`;

/** Invitations to a namespace: a code is kept as its hash, and works once. */
export class InvitationStore {
  constructor(private readonly database: Database) {}

  /** All of them, also those whose time is over; the newest first. */
  async list(namespaceId: string): Promise<InvitationRecord[]> {
    return this.database.prepared<InvitationRecord>(
      'invitation_list',
      `SELECT ${COLUMNS} FROM invitation i WHERE i.namespace_id = $1 ORDER BY i.created_at DESC, i.id`,
      [namespaceId],
    );
  }

  async find(namespaceId: string, id: string): Promise<InvitationRecord | undefined> {
    const [row] = await this.database.prepared<InvitationRecord>(
      'invitation_find',
      `SELECT ${COLUMNS} FROM invitation i WHERE i.namespace_id = $1 AND i.id = $2`,
      [namespaceId, id],
    );
    return row;
  }

  /** What the code offers; undefined for one that is wrong, was used, or whose time is over. */
  async findOffer(hash: Uint8Array): Promise<InvitationOffer | undefined> {
    const [row] = await this.database.prepared<InvitationOffer>(
      'invitation_offer',
      `SELECT ${COLUMNS}, n.name AS namespace, n.display_name AS "displayName"
       FROM invitation i JOIN namespace n ON n.id = i.namespace_id AND n.deleted_at IS NULL
       WHERE i.hash = $1 AND i.expires_at > now()`,
      [hash],
    );
    return row;
  }

  /** False when the namespace waits for `MAX_INVITATIONS` already. */
  async create(invitation: NewInvitation, { namespace, link, actor }: Invitation): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      // Two at once must not both take the last place.
      await tx.$queryRaw`SELECT 1 FROM namespace WHERE id = ${namespace.id}::uuid FOR UPDATE`;
      if ((await tx.invitation.count({ where: { namespaceId: namespace.id } })) >= MAX_INVITATIONS) return false;
      const { id, email, role } = invitation;
      await tx.$executeRaw`
        INSERT INTO invitation (id, namespace_id, email, role, hash, invited_by, expires_at)
        VALUES (${id}::uuid, ${namespace.id}::uuid, ${email}, ${role}::member_role, ${link.hash}, ${link.invitedBy},
                now() + make_interval(secs => ${link.lifetimeSeconds}::float8))`;
      if (link.letter) await queueMail(tx, link.letter);
      const detail = { before: null, after: { role, email } };
      await audit(tx, { namespace, actor, action: 'invitation.create', target: id, detail });
      return true;
    });
  }

  /** A new link and a new time; the old link is worth nothing. False when there is no such invitation. */
  async renew(id: string, { namespace, link, actor }: Invitation): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const [renewed] = await tx.$queryRaw<{ email: string | null }[]>`
        UPDATE invitation SET hash = ${link.hash}, invited_by = ${link.invitedBy},
          expires_at = now() + make_interval(secs => ${link.lifetimeSeconds}::float8)
        WHERE namespace_id = ${namespace.id}::uuid AND id = ${id}::uuid RETURNING email`;
      if (!renewed) return false;
      await withdrawMail(tx, id);
      if (link.letter) await queueMail(tx, link.letter);
      const detail = { email: renewed.email };
      await audit(tx, { namespace, actor, action: 'invitation.renew', target: id, detail });
      return true;
    });
  }

  /** False when there is no such invitation. */
  async revoke(namespace: NamespaceRef, id: string, actor: Actor): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const [gone] = await tx.$queryRaw<{ email: string | null; role: Role }[]>`
        DELETE FROM invitation WHERE namespace_id = ${namespace.id}::uuid AND id = ${id}::uuid RETURNING email, role`;
      if (!gone) return false;
      await withdrawMail(tx, id);
      const detail = { before: { ...gone }, after: null };
      await audit(tx, { namespace, actor, action: 'invitation.delete', target: id, detail });
      return true;
    });
  }
}

async function audit(
  tx: Db,
  entry: {
    readonly namespace: NamespaceRef;
    readonly actor: Actor;
    readonly action: string;
    readonly target: string;
    readonly detail: Parameters<typeof recordAudit>[1]['detail'] & object;
  },
): Promise<void> {
  const { namespace, target, ...rest } = entry;
  await recordAudit(tx, { ...rest, namespaceId: namespace.id, target: `${namespace.name}/${target}` });
}
