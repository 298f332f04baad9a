import type { Mail } from '@stowage/config';
import { createSmtpTransport, Mailroom } from '@stowage/mail';
import type { Database } from '@stowage/metadata';
import type { WorkerOptions } from './worker-options.js';

/** What the worker sends mail with; undefined without a mail server. */
export async function openMail(
  database: Database,
  publicUrl: URL,
  settings: Mail | undefined,
): Promise<WorkerOptions['mail']> {
  if (!settings) return undefined;
  const transport = createSmtpTransport({ url: settings.smtpUrl.reveal(), from: settings.from });
  return { mailroom: await Mailroom.open(database, publicUrl), transport };
}
