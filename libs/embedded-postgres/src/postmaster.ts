import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { PostgresBinaries } from './binaries.js';
import { childEnvironment } from './child-environment.js';
import { commandAs, type Identity } from './identity.js';
import { PostgresExitError } from './postgres-errors.js';
import type { ServerLog } from './server-log.js';

const FAST_SHUTDOWN_MS = 10_000;

interface SpawnOptions {
  readonly binaries: PostgresBinaries;
  readonly identity: Identity;
  readonly args: readonly string[];
  readonly log: ServerLog;
}

/** The running server process. */
export class Postmaster {
  /** Fulfilled with how the process ended, asked or not. */
  readonly exited: Promise<string>;
  readonly #child: ChildProcess;
  readonly #log: ServerLog;
  #stopping: Promise<void> | undefined;

  private constructor(child: ChildProcess, log: ServerLog) {
    this.#child = child;
    this.#log = log;
    this.exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
    });
  }

  /** Rejects when the program can't be run at all. */
  static async spawn({ binaries, identity, args, log }: SpawnOptions): Promise<Postmaster> {
    const [command, commandArgs] = commandAs(identity, binaries.postgres, args);
    const child = spawn(command, commandArgs, {
      // A process group of its own: Ctrl-C in the terminal would reach the server before we have drained.
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      env: childEnvironment(),
      cwd: '/',
      ...identity.credentials,
    });
    const postmaster = new Postmaster(child, log);
    await once(child, 'spawn');
    return postmaster;
  }

  get pid(): number {
    return this.#child.pid ?? -1;
  }

  /** Fast shutdown: open transactions are rolled back, committed ones are in the files. Once, however often called. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    this.#child.kill('SIGINT');
    const impatience = setTimeout(() => this.#child.kill('SIGQUIT'), FAST_SHUTDOWN_MS);
    await this.exited;
    clearTimeout(impatience);
  }

  onUnexpectedExit(callback: (error: PostgresExitError) => void): void {
    void this.#reportExit(callback);
  }

  async #reportExit(callback: (error: PostgresExitError) => void): Promise<void> {
    const exit = await this.exited;
    if (this.#stopping === undefined) callback(new PostgresExitError(exit, await this.#log.tail()));
  }
}
