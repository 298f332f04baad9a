import { createTransport } from 'nodemailer';
import type { Message } from './message.js';

/** The server did not take a letter. */
export class MailNotSentError extends Error {
  override name = 'MailNotSentError';

  constructor(
    /** A status of SMTP (RFC 5321 §4.2), or what kept us from getting one. Never the server's own words: they may quote. */
    readonly code: string,
    /** The server will never take this letter for this recipient. */
    readonly isFinal: boolean,
  ) {
    super(`the mail server did not take the letter: ${code}`);
  }
}

export interface Outgoing extends Message {
  /** Names the letter, so that a second copy of it is known as one. */
  readonly id: string;
  readonly recipient: string;
}

export interface MailTransport {
  /** Resolves when the server has taken the letter. Throws MailNotSentError. */
  send(mail: Outgoing): Promise<void>;
  close(): void;
}

const TIMEOUT_MS = 10_000;

/** `url` is smtp:// (TLS when the server offers it) or smtps://; name and password stand in it. */
export function createSmtpTransport({ url, from }: { url: string; from: string }): MailTransport {
  const smtp = createTransport({
    url,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    // A letter is what we wrote: nothing is read from the disk or fetched for it.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    send: async ({ id, recipient, subject, text, html }) => {
      try {
        await smtp.sendMail({
          from,
          to: { name: '', address: recipient },
          subject,
          text,
          html,
          messageId: `<${id}@${domainOf(from)}>`,
          headers: { 'Auto-Submitted': 'auto-generated' }, // RFC 3834: no out-of-office note comes back
        });
      } catch (error) {
        throw toMailNotSent(error);
      }
    },
    close: () => smtp.close(),
  };
}

/** The cause is left behind: it may hold the password of the server or the letter. */
function toMailNotSent(error: unknown): MailNotSentError {
  const { code, responseCode, command } = error as { code?: unknown; responseCode?: unknown; command?: unknown };
  if (typeof responseCode !== 'number') return new MailNotSentError(typeof code === 'string' ? code : 'unknown', false);
  // A 5xx to our name or password is the operator's to mend; one to the recipient or the letter stays what it is.
  const isAboutLetter = typeof command === 'string' && /^(RCPT TO|DATA)/.test(command);
  return new MailNotSentError(String(responseCode), responseCode >= 500 && isAboutLetter);
}

function domainOf(from: string): string {
  return /@([A-Za-z0-9.-]+)/.exec(from)?.[1] ?? 'stowage.invalid';
}
