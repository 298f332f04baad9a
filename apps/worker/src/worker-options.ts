import type { Database } from '@stowage/metadata';
import type { StorageDriver } from '@stowage/storage';
import type { Logger } from '@stowage/telemetry';

/** What the worker is started with. */
export interface WorkerOptions {
  readonly database: Database;
  /** The same database, for the job queue, which keeps connections of its own. */
  readonly connectionString: string;
  readonly storage: StorageDriver;
  readonly logger: Logger;
  /** Upload sessions that idle this long are over. */
  readonly uploadTtlSeconds: number;
}
