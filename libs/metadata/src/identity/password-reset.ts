import { type Actor, userActor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database } from '../database.js';
import { type QueuedMail, queueMail } from '../mail/mail-queue.js';
import { addAccountLink, type NewAccountLink, useAccountLink } from './account-link.js';
import { replacePassword } from './password-change.js';

export interface ResetRequest {
  readonly link: NewAccountLink;
  /** Null: the link is handed over by whoever asked. */
  readonly letter: QueuedMail | null;
  readonly username: string;
  readonly actor: Actor;
}

export interface PasswordResetInput {
  /** Of the link's secret. */
  readonly hash: Uint8Array<ArrayBuffer>;
  readonly passwordHash: string;
  /** Where the request came from. */
  readonly address: string | null;
  readonly notice: (account: { readonly username: string; readonly email: string }) => QueuedMail;
}

/** The way back into an account whose password is lost. */
export class PasswordReset {
  constructor(private readonly database: Database) {}

  /** False: the account got as many links in the last hour as it may get; nothing was done. */
  async request({ link, letter, username, actor }: ResetRequest): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      if (!(await addAccountLink(tx, link))) return false;
      if (letter) await queueMail(tx, letter);
      const detail = { delivery: letter ? 'mail' : 'shown' };
      await recordAudit(tx, { actor, action: 'user.reset-request', namespaceId: null, target: username, detail });
      return true;
    });
  }

  /** Whether the link can be used now, so that no password is hashed for one that can't. */
  async isUsable(hash: Uint8Array<ArrayBuffer>): Promise<boolean> {
    const rows = await this.database.prepared(
      'password_reset_usable',
      `SELECT 1 FROM account_link l JOIN app_user u ON u.id = l.user_id
       WHERE l.hash = $1 AND l.purpose = 'reset-password' AND l.expires_at > now() AND u.disabled_at IS NULL`,
      [hash],
    );
    return rows.length > 0;
  }

  /**
   * Uses the link up: a new password, and an end to all sessions, tokens and other reset links of the account. False when
   * the link was used, is over, or its account is disabled; of two who use it at the same moment one does.
   */
  async complete({ hash, passwordHash, address, notice }: PasswordResetInput): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const used = await useAccountLink(tx, hash, ['reset-password']);
      if (!used) return false;
      const { userId, username } = used;
      const { email, ...ended } = await replacePassword(tx, { userId, passwordHash, sessionId: null });
      await queueMail(tx, notice({ username, email }));
      const actor = userActor({ id: userId, username }, { address });
      await recordAudit(tx, {
        actor,
        action: 'user.reset-password',
        namespaceId: null,
        target: username,
        detail: ended,
      });
      return true;
    });
  }
}
