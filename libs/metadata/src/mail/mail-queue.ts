import type { Database } from '../database.js';
import type { Prisma } from '../generated/prisma/client.js';
import type { Statements } from '../statements.js';

/** A letter as it is kept: what it says, and the secret of its link only in sealed form. */
export interface QueuedMail {
  readonly id: string;
  readonly recipient: string;
  readonly template: string;
  readonly facts: Prisma.InputJsonObject;
  readonly sealedSecret: Uint8Array<ArrayBuffer> | null;
  /** The row that the link opens; `withdrawMail` knows the letter by it. */
  readonly reference: string | null;
  /** After so long nobody wants it: it is not sent any more, and is deleted. */
  readonly lifetimeSeconds: number;
}

/** Adds a letter, in the transaction of the change that causes it: it is sent if, and only if, there is the change. */
export async function queueMail(tx: Statements, mail: QueuedMail): Promise<void> {
  const { id, recipient, template, facts, sealedSecret, reference, lifetimeSeconds } = mail;
  await tx.$executeRaw`
    INSERT INTO mail (id, recipient, template, facts, sealed_secret, reference, expires_at)
    VALUES (${id}::uuid, ${recipient}, ${template}, ${JSON.stringify(facts)}::jsonb, ${sealedSecret}::bytea,
            ${reference}::uuid, now() + make_interval(secs => ${lifetimeSeconds}::float8))`;
}

/** Takes back the letters about a row that goes, in the transaction in which it goes. */
export async function withdrawMail(tx: Statements, reference: string): Promise<void> {
  await tx.$executeRaw`DELETE FROM mail WHERE reference = ${reference}::uuid`;
}

export type ClaimedMail = Pick<QueuedMail, 'id' | 'recipient' | 'template' | 'facts' | 'sealedSecret'>;

/**
 * Claiming sets the time of the next attempt: half a minute later, then twice as long each time, at most a quarter of an
 * hour. A worker that dies after its claim is no different from one that could not send.
 */
const CLAIM = `
  UPDATE mail SET attempts = attempts + 1,
    due_at = now() + make_interval(secs => least(30 * power(2, least(attempts, 10)), 900))
  WHERE id = (SELECT id FROM mail WHERE due_at <= now() AND expires_at > now()
              ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
  RETURNING id, recipient, template, facts, sealed_secret AS "sealedSecret"`;

/** Cross-tenant: the letters that wait, for whoever delivers them. */
export class MailQueue {
  constructor(private readonly database: Database) {}

  /** The letter that has been due longest, for this caller alone for the next half minute; undefined: none is due. */
  async claim(): Promise<ClaimedMail | undefined> {
    const [claimed] = await this.database.changed<ClaimedMail>('mail_claim', CLAIM, []);
    return claimed;
  }

  /** It is on its way: nothing of it is kept. */
  async delivered(id: string): Promise<void> {
    await this.database.changed('mail_delivered', 'DELETE FROM mail WHERE id = $1', [id]);
  }

  /** Keeps it for another attempt; `isFinal`: for an administrator alone, who sees why. */
  async failed(id: string, failure: { readonly code: string; readonly isFinal: boolean }): Promise<void> {
    await this.database.changed(
      'mail_failed',
      `UPDATE mail SET failure = $2, due_at = CASE WHEN $3 THEN 'infinity' ELSE due_at END WHERE id = $1`,
      [id, failure.code, failure.isFinal],
    );
  }

  /** With the account links that are over. Returns how many letters nobody wants any more. */
  async deleteExpired(): Promise<number> {
    await this.database.changed('account_link_expire', 'DELETE FROM account_link WHERE expires_at <= now()', []);
    const gone = await this.database.changed(
      'mail_expire',
      'DELETE FROM mail WHERE expires_at <= now() RETURNING 1',
      [],
    );
    return gone.length;
  }
}
