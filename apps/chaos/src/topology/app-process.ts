import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { waitUntil } from '../wait-until.js';
import { findFreePort } from './free-port.js';

const READY_MS = 180_000;
const STOP_MS = 45_000;
const RETRY_MS = 300;
const PROBE_MS = 10_000;

export type AppName = 'registry' | 'auth' | 'api' | 'worker';

export interface AppOptions {
  readonly app: AppName;
  /** A free one for each start when absent. */
  readonly port?: number;
  readonly env: Readonly<Record<string, string>>;
  /** Gets what it prints, after what is there. */
  readonly logFile: string;
}

/** One app, as `npm run start:<app>` runs it: started, killed, stopped in its tracks, and started again. */
export class AppProcess {
  #child: ChildProcess | undefined;
  #port = 0;
  #isUp = false;
  /** Ends that nobody has asked for, once it was ready. */
  readonly crashes: string[] = [];

  constructor(private readonly options: AppOptions) {}

  get logFile(): string {
    return this.options.logFile;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Returns when `/readyz` answers 200. A start that fails is tried again, as whoever looks after processes does. */
  async start(): Promise<void> {
    const isReady = await waitUntil(async () => {
      if (!this.#isRunning) await this.#spawn();
      return answers(`${this.url}/readyz`);
    }, READY_MS);
    if (!isReady) throw new Error(`${this.options.app} is not ready: see ${this.options.logFile}`);
    this.#isUp = true;
  }

  /** SIGKILL; returns when it is gone. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  pause(): void {
    this.#child?.kill('SIGSTOP');
  }

  resume(): void {
    this.#child?.kill('SIGCONT');
  }

  /** Lets it finish what it does; kills it when that takes too long. May be called for one that is gone. */
  async stop(): Promise<void> {
    this.resume();
    const impatience = setTimeout(() => this.#child?.kill('SIGKILL'), STOP_MS);
    await this.#end('SIGTERM');
    clearTimeout(impatience);
  }

  get #isRunning(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    this.#isUp = false;
    if (!this.#child || !this.#isRunning) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill(signal);
    await gone;
  }

  async #spawn(): Promise<void> {
    const { app, port, env, logFile } = this.options;
    const main = fileURLToPath(new URL(`../../../${app}/dist/main.js`, import.meta.url));
    if (!existsSync(main)) throw new Error(`apps/${app} is not built: npm run build`);
    if (this.#child) await delay(RETRY_MS);
    this.#port = port ?? (await findFreePort());
    const log = await open(logFile, 'a');
    const child = spawn(process.execPath, [main], {
      stdio: ['ignore', log.fd, log.fd],
      env: { ...plainEnvironment(), ...env, STOWAGE_PORT: String(this.#port) },
    });
    child.on('exit', (code, signal) => {
      if (this.#isUp) this.crashes.push(`${app} ended by itself: ${signal ?? `exit code ${code}`}`);
      this.#isUp = false;
    });
    await once(child, 'spawn');
    await log.close();
    this.#child = child;
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(PROBE_MS) })).ok;
  } catch {
    return false; // nobody listens yet
  }
}

/** What a login shell has, and nothing of another Stowage's. */
function plainEnvironment(): Record<string, string> {
  const names = ['PATH', 'HOME', 'USER', 'LANG', 'TMPDIR', 'TZ'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}
