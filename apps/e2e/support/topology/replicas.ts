import path from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@stowage/embedded-postgres';
import { makeTempDir, removeDataDir } from '../data-dir.js';
import { type AppName, Stowage } from '../stowage.js';
import { RoundRobinProxy } from './round-robin-proxy.js';

export interface ReplicasOptions {
  readonly registries: number;
  readonly auths: number;
  /** One when absent. */
  readonly apis?: number;
  /** One when absent. */
  readonly workers?: number;
  /** For every process. */
  readonly env?: Readonly<Record<string, string>>;
}

const silent = { info: () => {}, warn: () => {}, error: () => {} };

/** Every app in processes of its own, on one Postgres and one storage, behind a round-robin proxy. */
export class Replicas {
  readonly #apps = new Map<AppName, Stowage[]>();

  private constructor(
    readonly dataDir: string,
    readonly proxy: RoundRobinProxy,
    private readonly postgres: EmbeddedPostgres,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  static async start(options: ReplicasOptions): Promise<Replicas> {
    const dataDir = makeTempDir('replicas');
    const dataDirectory = path.join(dataDir, 'postgres');
    const postgres = await startEmbeddedPostgres({ dataDirectory, logger: silent as never });
    const proxy = await RoundRobinProxy.listen();
    const replicas = new Replicas(dataDir, proxy, postgres, {
      STOWAGE_DATABASE_URL: postgres.connectionString,
      STOWAGE_PUBLIC_URL: `http://localhost:${proxy.port}`,
      ...options.env,
    });
    const wanted: AppName[] = [
      ...Array.from({ length: options.registries }, () => 'registry' as const),
      ...Array.from({ length: options.auths }, () => 'auth' as const),
      ...Array.from({ length: options.apis ?? 1 }, () => 'api' as const),
      ...Array.from({ length: options.workers ?? 1 }, () => 'worker' as const),
    ];
    // All at once: whoever comes first migrates, the others wait.
    await Promise.all(wanted.map((app) => replicas.add(app)));
    return replicas;
  }

  get url(): string {
    return `http://localhost:${this.proxy.port}`;
  }

  get connectionString(): string {
    return this.postgres.connectionString;
  }

  get registries(): readonly Stowage[] {
    return this.#apps.get('registry') ?? [];
  }

  /** One more process of an app; gets its share of the requests when it is ready. */
  async add(app: AppName): Promise<Stowage> {
    const added = await this.launch(app);
    this.#apps.set(app, [...(this.#apps.get(app) ?? []), added]);
    this.#balance();
    return added;
  }

  /** A process that the proxy does not know, and that its caller ends. */
  async launch(app: AppName, env: Readonly<Record<string, string>> = {}): Promise<Stowage> {
    const launched = await Stowage.launch({ app, dataDir: this.dataDir, env: { ...this.env, ...env } });
    return launched.ready();
  }

  /** Starts a process with fail points armed, which may end it before it is ready, and says by which signal it ended. */
  async doom(app: AppName, env: Readonly<Record<string, string>>): Promise<NodeJS.Signals | null> {
    return (await Stowage.launch({ app, dataDir: this.dataDir, env: { ...this.env, ...env } })).died();
  }

  /** Takes a process out of the balance, whatever became of it. */
  forget(app: AppName, gone: Stowage): void {
    this.#apps.set(
      app,
      (this.#apps.get(app) ?? []).filter((each) => each !== gone),
    );
    this.#balance();
  }

  async stop(): Promise<void> {
    await this.proxy.close();
    for (const running of this.#apps.values()) await Promise.all(running.map((app) => app.stop()));
    await this.postgres.stop();
    await removeDataDir(this.dataDir);
  }

  #balance(): void {
    const portsOf = (app: AppName) => (this.#apps.get(app) ?? []).map(({ port }) => port);
    this.proxy.use({ registry: portsOf('registry'), auth: portsOf('auth'), api: portsOf('api') });
  }
}
