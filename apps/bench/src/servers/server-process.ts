import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { descendantsOf } from '../process-memory.js';

const READY_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 30_000;
const KEPT_OUTPUT = 20_000;

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** A server that this program started, and ends. */
export class ServerProcess {
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;
  #output = '';

  constructor(command: Command) {
    this.#child = spawn(command.file, command.args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...command.env },
    });
    const keep = (chunk: Buffer) => {
      this.#output = (this.#output + chunk.toString()).slice(-KEPT_OUTPUT);
    };
    this.#child.stdout?.on('data', keep);
    this.#child.stderr?.on('data', keep);
    this.#exited = once(this.#child, 'exit').catch(keepFailure);
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error(`could not be started: ${this.#child.spawnfile}`);
    return this.#child.pid;
  }

  /** Waits until the URL answers 200; throws with what the server printed when it ends before. */
  async ready(url: string): Promise<void> {
    const deadline = Date.now() + READY_TIMEOUT_MS;
    while (!(await answers(url))) {
      const ended = this.#child.exitCode !== null || this.#child.signalCode !== null;
      if (ended || Date.now() > deadline) throw new Error(`${url} does not answer; it printed:\n${this.#output}`);
      await delay(50);
    }
  }

  /** Asks it to end, and ends it and whatever it started when it does not. */
  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const family = [this.pid, ...descendantsOf(this.pid)];
    this.#child.kill('SIGTERM');
    const timeout = new AbortController();
    const isGone = await Promise.race([
      this.#exited.then(() => true),
      delay(STOP_TIMEOUT_MS, false, { signal: timeout.signal }).catch(() => true),
    ]);
    timeout.abort();
    if (!isGone) for (const pid of family) kill(pid);
    await this.#exited;
  }
}

/** Below the range that the system hands out by itself: what is free now is not given to somebody else meanwhile. */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(() => true, isTaken);
    server.close();
    if (isFree) return port;
  }
}

function isTaken(cause: unknown): false {
  if (cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE') return false;
  throw cause;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).status === 200;
  } catch {
    return false; // nobody listens yet
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it went by itself
  }
}

/** `error` of a command that does not exist; `pid` and `ready` tell. */
function keepFailure(): void {}
