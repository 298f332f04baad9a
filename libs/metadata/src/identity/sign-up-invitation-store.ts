import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database, Db } from '../database.js';
import { type QueuedMail, queueMail, withdrawMail } from '../mail/mail-queue.js';
import { acceptInvitation } from '../tenancy/accept-invitation.js';

export interface SignUpInvitationRecord {
  readonly id: string;
  /** Null: whoever has the link may use it. */
  readonly email: string | null;
  readonly invitedBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** Where the page after this one begins. */
  readonly position: string;
}

export interface NewSignUpInvitation {
  readonly id: string;
  readonly email: string | null;
  /** SHA-256 of the code. */
  readonly hash: Uint8Array<ArrayBuffer>;
  readonly invitedBy: string;
  readonly lifetimeSeconds: number;
  /** Null without an address. */
  readonly letter: QueuedMail | null;
}

/** The code lets this person in neither to the registry nor to a namespace. */
export class NotInvitedError extends Error {
  override name = 'NotInvitedError';

  constructor() {
    super('the invitation was used, is over, or is for another address');
  }
}

const COLUMNS = `id, email, invited_by AS "invitedBy", created_at AS "createdAt", expires_at AS "expiresAt",
  created_at::text || '/' || id AS position`;

/** Cross-tenant: invitations to make an account, each for one. The code is kept as its hash. */
export class SignUpInvitationStore {
  constructor(private readonly database: Database) {}

  /** Those that can be used, the newest first. */
  async list({ before, limit }: { before: string | null; limit: number }): Promise<SignUpInvitationRecord[]> {
    return this.database.prepared<SignUpInvitationRecord>(
      'sign_up_invitation_list',
      `SELECT ${COLUMNS} FROM sign_up_invitation
       WHERE expires_at > now() AND ($1::timestamptz IS NULL OR (created_at, id) < ($1, $2::uuid))
       ORDER BY created_at DESC, id DESC LIMIT $3`,
      [before?.split('/')[0] ?? null, before?.split('/')[1] ?? null, limit],
    );
  }

  async create(invitation: NewSignUpInvitation, actor: Actor): Promise<SignUpInvitationRecord> {
    const { id, email, hash, invitedBy, lifetimeSeconds, letter } = invitation;
    return this.database.transaction(async (tx) => {
      await tx.$executeRaw`DELETE FROM sign_up_invitation WHERE expires_at <= now()`;
      const [made] = await tx.$queryRaw<SignUpInvitationRecord[]>`
        INSERT INTO sign_up_invitation (id, email, hash, invited_by, expires_at)
        VALUES (${id}::uuid, ${email}, ${hash}::bytea, ${invitedBy},
                now() + make_interval(secs => ${lifetimeSeconds}::float8))
        RETURNING id, email, invited_by AS "invitedBy", created_at AS "createdAt", expires_at AS "expiresAt",
                  created_at::text || '/' || id AS position`;
      if (letter) await queueMail(tx, letter);
      const detail = { before: null, after: { email } };
      await recordAudit(tx, { actor, action: 'sign-up-invitation.create', namespaceId: null, target: id, detail });
      return made as SignUpInvitationRecord;
    });
  }

  /** Undefined when there is none, or it was used. */
  async find(id: string): Promise<SignUpInvitationRecord | undefined> {
    const [row] = await this.database.prepared<SignUpInvitationRecord>(
      'sign_up_invitation_find',
      `SELECT ${COLUMNS} FROM sign_up_invitation WHERE id = $1`,
      [id],
    );
    return row;
  }

  /** A new code and a new time, for the same person; the old code is worth nothing. False when there is none. */
  async renew(
    { id, hash, invitedBy, lifetimeSeconds, letter }: Omit<NewSignUpInvitation, 'email'>,
    actor: Actor,
  ): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const [renewed] = await tx.$queryRaw<{ email: string | null }[]>`
        UPDATE sign_up_invitation SET hash = ${hash}::bytea, invited_by = ${invitedBy},
          expires_at = now() + make_interval(secs => ${lifetimeSeconds}::float8)
        WHERE id = ${id}::uuid RETURNING email`;
      if (!renewed) return false;
      await withdrawMail(tx, id);
      if (letter) await queueMail(tx, letter);
      const detail = { ...renewed };
      await recordAudit(tx, { actor, action: 'sign-up-invitation.renew', namespaceId: null, target: id, detail });
      return true;
    });
  }

  /** False when there is none, or it was used. */
  async delete(id: string, actor: Actor): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const [gone] = await tx.$queryRaw<{ email: string | null }[]>`
        DELETE FROM sign_up_invitation WHERE id = ${id}::uuid RETURNING email`;
      if (!gone) return false;
      const detail = { before: { ...gone }, after: null };
      await recordAudit(tx, { actor, action: 'sign-up-invitation.delete', namespaceId: null, target: id, detail });
      return true;
    });
  }
}

/**
 * Lets a new user in by a code, in the transaction that makes the user: one to the registry, or one to a namespace, which
 * the user then is a member of. Throws `NotInvitedError`. Returns the id of the invitation to the registry.
 */
export async function admitByCode(
  tx: Db,
  {
    hash,
    user,
    actor,
  }: { hash: Uint8Array<ArrayBuffer>; user: { id: string; username: string; email: string }; actor: Actor },
): Promise<string | null> {
  const [used] = await tx.$queryRaw<{ id: string }[]>`
    DELETE FROM sign_up_invitation
    WHERE hash = ${hash}::bytea AND expires_at > now() AND (email IS NULL OR lower(email) = lower(${user.email}))
    RETURNING id`;
  if (used) return used.id;
  const { kind } = await acceptInvitation(tx, { hash, invitee: user, actor });
  if (kind !== 'accepted') throw new NotInvitedError();
  return null;
}
