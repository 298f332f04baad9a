import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { toDatabaseError } from './database-errors.js';
import { type Prisma, PrismaClient } from './generated/prisma/client.js';
import { type LastStep, runPrepared } from './prepared-transaction.js';
import { runReport } from './report-query.js';
import { retryConflicts } from './retry.js';
import type { Statements } from './statements.js';

export interface DatabaseOptions {
  readonly connectionString: string;
  readonly maxConnections?: number;
  /** Told of connections that broke while idle; the pool replaces them by itself. */
  readonly onIdleError?: (error: Error) => void;
}

/** A transaction, or the client outside one; what stores are made of. */
export type Db = Prisma.TransactionClient;

const SESSION_SETTINGS =
  '-c lock_timeout=5s -c statement_timeout=30s -c idle_in_transaction_session_timeout=10s -c timezone=UTC';
const ACQUIRE_TIMEOUT_MS = 5_000;
const TRANSACTION_TIMEOUT_MS = 20_000;

/** One pool of connections: Prisma for everything, prepared statements for the reads that every pull makes. */
export class Database {
  readonly client: PrismaClient;
  readonly #pool: pg.Pool;

  constructor(options: DatabaseOptions) {
    this.#pool = new pg.Pool({
      connectionString: options.connectionString,
      max: options.maxConnections ?? 20,
      connectionTimeoutMillis: ACQUIRE_TIMEOUT_MS,
      options: SESSION_SETTINGS,
      application_name: 'stowage',
      // Statements of a transaction that don't need each other's answers go out together.
      pipeline: true,
    });
    this.#pool.on('error', (error) => options.onIdleError?.(error));
    this.client = new PrismaClient({ adapter: new PrismaPg(this.#pool, { disposeExternalPool: false }) });
  }

  /**
   * Runs `work` in one transaction: all or nothing. Deadlocks and serialisation failures are run again a few
   * times, so `work` must have no effect outside the database. Throws `DatabaseUnavailableError` when Postgres
   * can't be reached.
   */
  async transaction<T>(work: (tx: Db) => Promise<T>): Promise<T> {
    return retryConflicts(() =>
      translate(this.client.$transaction(work, { maxWait: ACQUIRE_TIMEOUT_MS, timeout: TRANSACTION_TIMEOUT_MS })),
    );
  }

  /**
   * The same for explicit SQL alone, without Prisma: a third of the processor time and of the wait. For what every push
   * does. `lastStep` takes what `work` resolved with and sends the one statement that goes out together with COMMIT.
   */
  async statements<T>(work: (tx: Statements) => Promise<T>, lastStep?: LastStep<T>): Promise<T> {
    return retryConflicts(() => translate(runPrepared(this.#pool, work, lastStep)));
  }

  /** Anything outside a transaction that uses the client; translates its errors. */
  async run<T>(work: (db: Db) => Promise<T>): Promise<T> {
    return translate(work(this.client));
  }

  /** A read on the hot path: parsed and planned once a connection under its name. */
  async prepared<Row extends pg.QueryResultRow>(name: string, text: string, values: unknown[]): Promise<Row[]> {
    const result = await translate(this.#pool.query<Row>({ name, text, values }));
    return result.rows;
  }

  /** A read over much of what a tenant has, by hashes instead of look-ups: with memory of its own and a plan of its own. */
  async report<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[]): Promise<Row[]> {
    return translate(runReport<Row>(this.#pool, text, values));
  }

  /** One prepared statement that changes rows, a transaction of its own: run again after a conflict. */
  async changed<Row extends pg.QueryResultRow>(name: string, text: string, values: unknown[]): Promise<Row[]> {
    return retryConflicts(() => this.prepared<Row>(name, text, values));
  }

  /** Resolves when Postgres answers. */
  async checkHealth(): Promise<void> {
    await this.prepared('health', 'SELECT 1', []);
  }

  async close(): Promise<void> {
    await this.client.$disconnect();
    await this.#pool.end();
  }
}

async function translate<T>(promise: PromiseLike<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    throw toDatabaseError(error);
  }
}
