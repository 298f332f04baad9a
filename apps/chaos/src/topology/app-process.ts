import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync } from 'node:fs';
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
  /** `url` is where it is going to listen: on another port each time. */
  readonly env: (url: string) => Readonly<Record<string, string>>;
  /** Gets what it prints, after what is there. */
  readonly logFile: string;
}

/** One app, as `npm run start:<app>` runs it: started, killed, stopped in its tracks, and started again. */
export class AppProcess {
  #child: ChildProcess | undefined;
  #port = 0;
  /** It has said that it listens. Somebody else may answer on a port that it did not get. */
  #isListening = false;
  #isUp = false;
  #isStopped = false;
  /** Ends that nobody has asked for, once it was ready. */
  readonly crashes: string[] = [];

  constructor(private readonly options: AppOptions) {}

  get logFile(): string {
    return this.options.logFile;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /**
   * Returns when `/readyz` answers 200. A start that fails is tried again, as whoever looks after processes does. Throws when
   * it is not ready in minutes, and after `stop`.
   */
  async start(): Promise<void> {
    const isReady = await waitUntil(async () => {
      if (this.#isStopped) throw new Error(`${this.options.app} was stopped for good`);
      if (!this.#isRunning) await this.#spawn();
      return this.#isListening && answers(`${this.url}/readyz`);
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

  /** For good. Lets it finish what it does; kills it when that takes too long. May be called for one that is gone. */
  async stop(): Promise<void> {
    this.#isStopped = true;
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
    const { app, env, logFile } = this.options;
    const main = fileURLToPath(new URL(`../../../${app}/dist/main.js`, import.meta.url));
    if (!existsSync(main)) throw new Error(`apps/${app} is not built: npm run build`);
    if (this.#child) await delay(RETRY_MS);
    this.#port = await findFreePort();
    if (this.#isStopped) return; // meanwhile
    this.#isListening = false;
    const child = spawn(process.execPath, [main], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...plainEnvironment(), ...env(this.url), STOWAGE_PORT: String(this.#port) },
    });
    child.on('exit', (code, signal) => {
      if (this.#isUp) this.crashes.push(`${app} ended by itself: ${signal ?? `exit code ${code}`}`);
      this.#isUp = false;
      this.#isListening = false;
    });
    const collect = (chunk: Buffer) => {
      if (chunk.includes('is ready on port')) this.#isListening = true;
      appendFileSync(logFile, chunk);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    this.#child = child;
    await once(child, 'spawn');
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
