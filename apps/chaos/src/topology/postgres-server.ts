import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@stowage/embedded-postgres';
import pg from 'pg';
import { waitUntil } from '../wait-until.js';

const PARAMETERS = { shared_buffers: '64MB', max_connections: '200' };
const RECOVERY_MS = 120_000;

/** The Postgres of a run, which survives what is done to it, at the same address. */
export class PostgresServer {
  #server: EmbeddedPostgres;
  #gone: Promise<unknown>;
  #restarted: Promise<void> = Promise.resolve();

  private constructor(
    private readonly dataDirectory: string,
    server: EmbeddedPostgres,
  ) {
    this.#server = server;
    this.#gone = endOf(server);
  }

  static async start(dataDirectory: string): Promise<PostgresServer> {
    return new PostgresServer(dataDirectory, await startEmbeddedPostgres({ dataDirectory, parameters: PARAMETERS }));
  }

  get connectionString(): string {
    return this.#server.connectionString;
  }

  /**
   * SIGKILL to one process that serves a connection; the server ends all others then, and recovers. Returns when it has; at
   * once when nobody is connected.
   */
  async killBackend(choose: (pids: readonly number[]) => number): Promise<void> {
    const backends = await backendsOf(this.#server.pid);
    if (backends.length === 0) return;
    const victim = choose(backends);
    kill(victim, 'SIGKILL');
    const hasRecovered = await waitUntil(
      async () => !existsSync(`/proc/${victim}`) && (await answers(this.connectionString)),
      RECOVERY_MS,
    );
    if (!hasRecovered) throw new Error('Postgres does not recover from the end of one of its processes');
  }

  /** As `pg_ctl restart -m immediate`: nothing is finished, nothing is written back. */
  restartImmediately(): Promise<void> {
    this.#restarted = this.#restart();
    return this.#restarted;
  }

  /** Waits for a restart that is under way. */
  async stop(): Promise<void> {
    await this.#restarted.catch(() => undefined); // who restarts has been told
    await this.#server.stop();
  }

  async #restart(): Promise<void> {
    const { connectionString } = this;
    kill(this.#server.pid, 'SIGQUIT');
    await this.#gone;
    this.#server = await startEmbeddedPostgres({ dataDirectory: this.dataDirectory, parameters: PARAMETERS });
    this.#gone = endOf(this.#server);
    if (this.connectionString !== connectionString) throw new Error('Postgres has another address: use a shorter path');
  }
}

async function answers(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined); // the query below says it as well
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false; // it is still recovering
  } finally {
    await client.end().catch(() => undefined);
  }
}

function endOf(server: EmbeddedPostgres): Promise<unknown> {
  return new Promise((resolve) => server.onUnexpectedExit(resolve));
}

/** Postgres says in a process's title what it is for: one with an address or `[local]` serves a connection. */
async function backendsOf(postmaster: number): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(pids.map(async (pid) => ((await isBackend(pid, postmaster)) ? [pid] : [])));
  return found.flat().sort((a, b) => a - b);
}

async function isBackend(pid: number, postmaster: number): Promise<boolean> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The command stands in parentheses and may hold anything.
    const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(parent) === postmaster && (await readFile(`/proc/${pid}/cmdline`, 'utf8')).includes('[local]');
  } catch {
    return false; // it has ended meanwhile
  }
}

/** One that has just ended by itself is what the signal is for. */
function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ESRCH') throw cause;
  }
}
