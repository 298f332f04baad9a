import { type Actor, userActor } from '../actor.js';
import { type AuditEntry, recordAudit } from '../audit.js';
import type { Database } from '../database.js';
import { AlreadyExistsError } from '../database-errors.js';
import { type QueuedMail, queueMail } from '../mail/mail-queue.js';
import { addAccountLink, endAccountLinks, type NewAccountLink, useAccountLink } from './account-link.js';

export interface AccountAddress {
  readonly address: string;
  /** Null: not proven. */
  readonly verifiedAt: Date | null;
  /** The address that becomes the account's when it is proven. */
  readonly pending: string | null;
}

/** A link with the letter that carries it. */
export interface MailedLink {
  readonly link: NewAccountLink;
  readonly letter: QueuedMail;
}

export interface ProvenAddress {
  readonly username: string;
  readonly address: string;
  /** What it was before; null when it only was proven now. */
  readonly former: string | null;
}

export type AddressProof = ProvenAddress | 'unknown link' | 'taken';

/** The e-mail address of an account: what it is, whether it was proven, and what it is to become. */
export class AccountAddresses {
  constructor(private readonly database: Database) {}

  async find(userId: string): Promise<AccountAddress | undefined> {
    const [row] = await this.database.prepared<AccountAddress>(
      'account_address_find',
      `SELECT u.email AS address, u.email_verified_at AS "verifiedAt",
         (SELECT l.address FROM account_link l
          WHERE l.user_id = u.id AND l.purpose = 'change-address' AND l.expires_at > now() LIMIT 1) AS pending
       FROM app_user u WHERE u.id = $1`,
      [userId],
    );
    return row;
  }

  /** Whether some account has proven this address, in any case of its letters. Cross-tenant: nobody is told. */
  async isProven(address: string): Promise<boolean> {
    const rows = await this.database.prepared(
      'account_address_proven',
      'SELECT 1 FROM app_user WHERE lower(email) = lower($1) AND email_verified_at IS NOT NULL',
      [address],
    );
    return rows.length > 0;
  }

  /** Sends a link that proves the account's address. False: it got enough of them in the last hour. */
  async requestProof({ link, letter }: MailedLink, actor: Actor): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      if (!(await addAccountLink(tx, link))) return false;
      await queueMail(tx, letter);
      await recordAudit(tx, requestEntry('user.verify-request', link, actor));
      return true;
    });
  }

  /** In place of any change before. */
  async requestChange({ link, letter }: MailedLink, actor: Actor): Promise<void> {
    await this.database.transaction(async (tx) => {
      await endAccountLinks(tx, link.userId, ['change-address']);
      await addAccountLink(tx, link);
      await queueMail(tx, letter);
      await recordAudit(tx, requestEntry('user.address-request', link, actor));
    });
  }

  /** False: no change was pending. */
  async cancelChange(userId: string, actor: Actor): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      if ((await endAccountLinks(tx, userId, ['change-address'])) === 0) return false;
      const target = actor.name ?? '';
      await recordAudit(tx, { actor, action: 'user.address-cancel', namespaceId: null, target });
      return true;
    });
  }

  /**
   * Uses a link up: its address is the account's, and proven. Links to the address before are worth nothing any more.
   * `notice` makes the letter to that one.
   */
  async prove(
    hash: Uint8Array<ArrayBuffer>,
    {
      address: from,
      notice,
    }: { address: string | null; notice: (proven: ProvenAddress & { former: string }) => QueuedMail },
  ): Promise<AddressProof> {
    try {
      return await this.database.transaction(async (tx) => {
        const used = await useAccountLink(tx, hash, ['verify-address', 'change-address']);
        if (!used) return 'unknown link';
        const { userId, username, purpose, address } = used;
        const before = await tx.user.findUniqueOrThrow({ where: { id: userId } });
        const former = purpose === 'change-address' ? before.email : null;
        if (former === null && before.email !== address) return 'unknown link';
        await tx.$executeRaw`UPDATE app_user SET email = ${address}, email_verified_at = now() WHERE id = ${userId}::uuid`;
        await endAccountLinks(tx, userId, ['verify-address', ...(former === null ? [] : ['reset-password' as const])]);
        if (former !== null) await queueMail(tx, notice({ username, address, former }));
        await recordAudit(tx, {
          actor: userActor({ id: userId, username }, { address: from }),
          action: former === null ? 'user.verify-address' : 'user.change-address',
          namespaceId: null,
          target: username,
          detail: {
            before: { email: before.email, verified: before.emailVerifiedAt !== null },
            after: { email: address, verified: true },
          },
        });
        return { username, address, former };
      });
    } catch (error) {
      if (error instanceof AlreadyExistsError) return 'taken';
      throw error;
    }
  }
}

function requestEntry(action: string, { address }: NewAccountLink, actor: Actor): AuditEntry {
  return { actor, action, namespaceId: null, target: actor.name ?? '', detail: { email: address } };
}
