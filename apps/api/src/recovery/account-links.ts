import { generateSecretToken, hashSecretToken, parseSecretToken } from '@stowage/auth';
import type { Mailroom } from '@stowage/mail';
import { type AccountLinkPurpose, type NewAccountLink, newLinkId, type QueuedMail } from '@stowage/metadata';
import { ProblemError } from '@stowage/nest-kit';

const HOUR_SECONDS = 60 * 60;

const LIFETIME_SECONDS: Record<AccountLinkPurpose, number> = {
  'verify-address': 72 * HOUR_SECONDS,
  'change-address': 24 * HOUR_SECONDS,
  'reset-password': HOUR_SECONDS / 2,
};

export interface LinkedAccount {
  readonly id: string;
  readonly username: string;
}

/** A new link, before it is in the database: the secret is here, in the sealed letter, and nowhere else. */
export interface AccountLink {
  readonly link: NewAccountLink;
  readonly letter: QueuedMail;
  readonly url: URL;
  readonly expiresAt: Date;
}

/** Makes links for accounts, with the letters that carry them. */
export class AccountLinks {
  constructor(private readonly mailroom: Mailroom) {}

  create(purpose: AccountLinkPurpose, account: LinkedAccount, address: string): AccountLink {
    const { text } = generateSecretToken('code');
    const id = newLinkId();
    const lifetimeSeconds = LIFETIME_SECONDS[purpose];
    const letter = this.mailroom.prepare({
      template: purpose,
      recipient: address,
      facts: { username: account.username },
      link: { secret: text, reference: id, lifetimeSeconds },
    });
    const hash = new Uint8Array(hashSecretToken(text));
    return {
      link: { id, userId: account.id, purpose, hash, address, lifetimeSeconds },
      letter,
      url: this.mailroom.link(purpose, text),
      expiresAt: new Date(Date.now() + lifetimeSeconds * 1000),
    };
  }

  /**
   * The link that proves an address. Somebody else's gets a letter that says so, with a link that nobody has ever seen: the
   * one who asked can't tell the difference.
   */
  createProof(
    purpose: 'verify-address' | 'change-address',
    account: LinkedAccount,
    { address, isProven }: { readonly address: string; readonly isProven: boolean },
  ): Pick<AccountLink, 'link' | 'letter'> {
    const { link, letter } = this.create(purpose, account, address);
    if (!isProven) return { link, letter };
    const { username } = account;
    return {
      link,
      letter: this.mailroom.prepare({ template: 'address-known', recipient: address, facts: { username } }),
    };
  }
}

/** What a code is found by. Throws 404 for one that can't be of a link. */
export function hashLinkCode(code: string): Uint8Array<ArrayBuffer> {
  const secret = parseSecretToken(code);
  if (secret?.kind !== 'code') throw linkOver();
  return new Uint8Array(hashSecretToken(secret.text));
}

export function linkOver(): ProblemError {
  return new ProblemError(404, 'This link was used already, or its time is over. Ask for a new one.');
}

export function tooManyLinks(): ProblemError {
  const detail = 'Three of these links were made in the last hour. Look for them, also among unwanted mail, or wait.';
  return new ProblemError(429, detail, { headers: { 'retry-after': String(HOUR_SECONDS) } });
}
