import { Mailroom } from '@stowage/mail';
import type { ClaimedMail } from '@stowage/metadata';
import { type OpenApi, ORIGIN } from './open-api.js';

export interface WaitingLetter {
  readonly template: string;
  readonly recipient: string;
  readonly facts: Record<string, unknown>;
  /** What stands behind the `#` of its link. */
  readonly code: string | undefined;
  readonly link: string | undefined;
}

/** The letters to somebody that wait to be sent, the oldest first: what the worker would send. */
export async function mailTo({ database }: OpenApi, recipient: string): Promise<WaitingLetter[]> {
  const mailroom = await Mailroom.open(database, new URL(ORIGIN));
  const waiting = await database.prepared<ClaimedMail>(
    'test_mail_to',
    `SELECT id, recipient, template, facts, sealed_secret AS "sealedSecret" FROM mail
     WHERE lower(recipient) = lower($1) ORDER BY created_at`,
    [recipient],
  );
  return waiting.map((mail) => {
    const link = mailroom.linkOf(mail);
    const facts = mail.facts as Record<string, unknown>;
    const { template } = mail;
    return { template, recipient: mail.recipient, facts, code: link?.hash.slice(1), link: link?.href };
  });
}

/** The code of the newest letter of this kind. */
export async function codeTo(opened: OpenApi, recipient: string, template: string): Promise<string> {
  const code = (await mailTo(opened, recipient)).findLast((letter) => letter.template === template)?.code;
  if (code === undefined) throw new Error(`no letter ${template} waits for ${recipient}`);
  return code;
}
