import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { callbackify } from 'node:util';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { onTestFinished } from 'vitest';

export interface ReceivedMail extends Email {
  readonly envelopeTo: string[];
  readonly wire: string;
}

export interface MailServer {
  readonly url: string;
  readonly received: ReceivedMail[];
  /** What it says to the next recipients, one answer each; then it takes everything again. */
  answerRecipientsWith(...codes: number[]): void;
  stop(): Promise<void>;
}

/** A real SMTP server on a port of its own, until the test ends. */
export async function aMailServer({ port = 0, login }: { port?: number; login?: string } = {}): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const refusals: number[] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authOptional: login === undefined,
    onAuth: ({ username, password }, _session, done) =>
      `${username}:${password}` === login ? done(null, { user: username }) : done(new Error('no')),
    onRcptTo: (_address, _session, done) => {
      const code = refusals.shift();
      done(code === undefined ? null : Object.assign(new Error('a word about the recipient'), { responseCode: code }));
    },
    onData: (stream, session, done) => {
      const receive = async () => {
        const wire = await text(stream);
        received.push({
          ...(await PostalMime.parse(wire)),
          wire,
          envelopeTo: session.envelope.rcptTo.map(({ address }) => address),
        });
      };
      callbackify(receive)((error) => done(error));
    },
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const stop = () => new Promise<void>((resolve) => server.close(() => resolve()));
  onTestFinished(stop);
  const { port: bound } = server.server.address() as AddressInfo;
  const credentials = login === undefined ? '' : `${login}@`;
  return {
    url: `smtp://${credentials}127.0.0.1:${bound}`,
    received,
    answerRecipientsWith: (...codes) => refusals.push(...codes),
    stop,
  };
}
