import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { poll } from './poll.js';
import { killAll, listProcesses } from './processes.js';

// A loaded machine takes its time; the hooks of suites have a little more.
const READY_TIMEOUT_MS = 150_000;

export type AppName = 'stowage' | 'registry' | 'auth' | 'api' | 'worker';

export interface StartOptions {
  /** One app alone, as `npm run start:registry` runs it; all in one when absent. */
  readonly app?: AppName;
  readonly dataDir: string;
  /** A free one when absent. */
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** `npm start`, or `npm run start:<app>`, without npm in between. */
export class Stowage {
  #output = '';
  /** Its output is complete; an orphan that holds the pipes would keep this waiting. */
  readonly #ended: Promise<Ended>;
  readonly #exited: Promise<unknown>;

  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
    readonly dataDir: string,
  ) {
    const collect = (chunk: Buffer): void => {
      this.#output += chunk.toString();
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    this.#exited = once(child, 'exit');
    this.#ended = once(child, 'close').then(([code]) => ({ code: code as number | null, output: this.#output }));
  }

  static async launch(options: StartOptions): Promise<Stowage> {
    const { app = 'stowage' } = options;
    const main = fileURLToPath(new URL(`../../${app}/dist/main.js`, import.meta.url));
    if (!existsSync(main)) throw new Error(`apps/${app} is not built: npm run build`);
    const port = options.port ?? (await findFreePort());
    const child = spawn(process.execPath, [main], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...plainEnvironment(),
        STOWAGE_PORT: String(port),
        STOWAGE_DATA_DIR: options.dataDir,
        // Everybody here comes from one address.
        STOWAGE_API_RATE_LIMIT: '0',
        STOWAGE_SIGNUP_RATE_LIMIT: '0',
        ...options.env,
      },
    });
    return new Stowage(child, port, options.dataDir);
  }

  /** Where a person's browser goes: the origin that it printed. */
  get url(): string {
    return `http://localhost:${this.port}`;
  }

  /** What clients put in front of a repository's name. */
  get host(): string {
    return `localhost:${this.port}`;
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error('it was never started');
    return this.child.pid;
  }

  get output(): string {
    return this.#output;
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Waits for `GET /readyz` to answer 200. */
  async ready(): Promise<this> {
    await poll(
      async () => {
        if (!this.isRunning) throw new Error(`it ended before it was ready:\n${this.#output}`);
        return (await isReady(this.url)) ? true : undefined;
      },
      { timeoutMs: READY_TIMEOUT_MS, what: `${this.url}/readyz; it printed:\n${this.#output}` },
    );
    return this;
  }

  /** The first match in what it prints, now or soon. */
  async printed(pattern: RegExp): Promise<RegExpMatchArray> {
    return poll(() => pattern.exec(this.#output) ?? undefined, {
      timeoutMs: 10_000,
      what: `${pattern} in the output:\n${this.#output}`,
    });
  }

  async ended(): Promise<Ended> {
    return this.#ended;
  }

  /** The signal that ended it; null when it ended by itself. */
  async died(): Promise<NodeJS.Signals | null> {
    await this.#exited;
    return this.child.signalCode;
  }

  async stop(): Promise<Ended> {
    this.child.kill('SIGTERM');
    return this.#ended;
  }

  /** The crash of this process alone: its Postgres lives on as an orphan. */
  async killOnlyNode(): Promise<void> {
    await killAll([this.pid]);
    await this.#exited;
  }

  /** The power cut: nobody gets a chance to tidy up. */
  async killEverything(): Promise<void> {
    await killAll(listProcesses(this.pid, this.dataDir));
    await this.#exited;
  }
}

/** Starts and waits until it is ready. */
export async function startStowage(options: StartOptions): Promise<Stowage> {
  const stowage = await Stowage.launch(options);
  return stowage.ready();
}

/** Starts what is expected to refuse; the answer holds its exit code and what it printed. */
export async function startToRefusal(options: StartOptions): Promise<Ended> {
  const stowage = await Stowage.launch(options);
  const timer = setTimeout(() => void stowage.stop(), READY_TIMEOUT_MS / 2);
  try {
    return await stowage.ended();
  } finally {
    clearTimeout(timer);
  }
}

export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).ok;
  } catch {
    return false; // nobody listens yet
  }
}

/** What a login shell has: nothing of the test runner's, nothing of another Stowage's. */
function plainEnvironment(): Record<string, string> {
  const names = ['PATH', 'HOME', 'USER', 'LANG', 'TMPDIR', 'TZ'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}
