import type { SigningKeyTimes } from '@stowage/auth';
import type { JobLogger } from '@stowage/jobs';
import type { Mailroom, MailTransport } from '@stowage/mail';
import type { Database } from '@stowage/metadata';
import type { StorageDriver } from '@stowage/storage';
import type { Registry } from 'prom-client';

/** What the worker is started with. */
export interface WorkerOptions {
  readonly database: Database;
  /** The same database, for the job queue, which keeps connections of its own. */
  readonly connectionString: string;
  readonly storage: StorageDriver;
  readonly logger: JobLogger;
  /** What it counts. */
  readonly metrics: Registry;
  /** Upload sessions that idle this long are over. */
  readonly uploadTtlSeconds: number;
  /** From a change to the review of what it may have left behind. */
  readonly reviewDelaySeconds: number;
  /** How long what was deleted can be restored. */
  readonly trashRetentionSeconds: number;
  /** How long keys sign and verify. */
  readonly signingKeyTimes: SigningKeyTimes;
  /** Undefined: no mail is sent, and letters wait for an administrator. */
  readonly mail: { readonly mailroom: Mailroom; readonly transport: MailTransport } | undefined;
  /** Between two looks for garbage. */
  readonly collectionSeconds: number;
  /** How many collectors work side by side. */
  readonly collectors: number;
}
