import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { callbackify } from 'node:util';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { poll } from './poll.js';

export interface MailServer {
  readonly url: string;
  /** The newest letter to somebody with this subject, as soon as it is there. */
  letterTo(recipient: string, subject: string): Promise<Email>;
  count(recipient: string, subject: string): number;
  stop(): Promise<void>;
}

/** A real SMTP server on loopback that keeps what it gets. */
export async function startMailServer(): Promise<MailServer> {
  const letters: { recipients: string[]; email: Email }[] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, session, done) => {
      const receive = async () => {
        const email = await PostalMime.parse(await text(stream));
        letters.push({ recipients: session.envelope.rcptTo.map(({ address }) => address), email });
      };
      callbackify(receive)((error) => done(error));
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  const lettersTo = (recipient: string, subject: string) =>
    letters.filter(({ recipients, email }) => recipients.includes(recipient) && email.subject === subject);
  return {
    url: `smtp://127.0.0.1:${port}`,
    letterTo: (recipient, subject) =>
      poll(() => lettersTo(recipient, subject).at(-1)?.email, {
        what: `a letter to ${recipient}: ${subject}`,
        timeoutMs: 60_000,
      }),
    count: (recipient, subject) => lettersTo(recipient, subject).length,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Where the letter's button leads; the text has the same address on a line of its own. */
export function linkIn({ text: body = '', html = '' }: Email): string {
  const link = /^(https?:\S+#\S+)$/m.exec(body)?.[1];
  if (link === undefined || !html.includes(`href="${link}"`)) throw new Error(`no link in the letter: ${body}`);
  return link;
}
