import { randomUUID } from 'node:crypto';
import { generateSecretToken } from '@stowage/auth';
import { createTestDatabase } from '@stowage/dev-env/testing';
import { Database, MailQueue, queueMail } from '@stowage/metadata';
import { migratedTemplate } from '@stowage/metadata/testing';
import { onTestFinished } from 'vitest';
import { createSmtpTransport, Delivery, type Letter, Mailroom } from '../../src/index.js';

export interface Post {
  readonly database: Database;
  readonly queue: MailQueue;
  readonly mailroom: Mailroom;
  readonly failures: { template: string; code: string; isFinal: boolean }[];
  put(letter: Letter): Promise<string>;
  /** One round of the worker against this server; how many letters it has sent. */
  deliver(url: string): Promise<number>;
  /** Makes every letter due that failed before. */
  nextAttempt(): Promise<void>;
  rows(): Promise<{ template: string; attempts: number; failure: string | null; waits: boolean }[]>;
}

export const PUBLIC_URL = new URL('https://registry.example.com');

/** A database with letters in it. */
export async function aPost(): Promise<Post> {
  const { connectionString, dispose } = await createTestDatabase({ template: migratedTemplate });
  const database = new Database({ connectionString });
  onTestFinished(async () => {
    await database.close();
    await dispose();
  });
  const queue = new MailQueue(database);
  const mailroom = await Mailroom.open(database, PUBLIC_URL);
  const failures: Post['failures'] = [];
  return {
    database,
    queue,
    mailroom,
    failures,
    put: async (letter) => {
      const mail = mailroom.prepare(letter);
      await database.transaction((tx) => queueMail(tx, mail));
      return mail.id;
    },
    deliver: async (url) => {
      const transport = createSmtpTransport({ url, from: 'Stowage <registry@example.com>' });
      const onFailure = ({ template }: { template: string }, { code, isFinal }: { code: string; isFinal: boolean }) =>
        void failures.push({ template, code, isFinal });
      try {
        return await new Delivery({ queue, mailroom, transport, onFailure }).run(AbortSignal.timeout(60_000));
      } finally {
        transport.close();
      }
    },
    nextAttempt: async () => {
      await database.run((db) => db.$executeRaw`UPDATE mail SET due_at = now() WHERE due_at <> 'infinity'`);
    },
    rows: () =>
      database.prepared('test_mail', `SELECT template, attempts, failure, due_at > now() AS waits FROM mail`, []),
  };
}

export function aReset(recipient = 'alice@example.com'): Letter & { link: { secret: string; reference: string } } {
  const link = { secret: generateSecretToken('code').text, reference: randomUUID(), lifetimeSeconds: 1800 };
  return { template: 'reset-password', recipient, facts: { username: 'alice' }, link };
}
