import path from 'node:path';
import { type AppName, AppProcess } from './app-process.js';
import { findFreePort } from './free-port.js';
import { PostgresServer } from './postgres-server.js';

const REGISTRIES = 3;
/** Longer than the longest pause of a replica, so that its uploads are taken over before they expire. */
export const UPLOAD_TTL_SECONDS = 60;

export interface SiteOptions {
  /** For Postgres and blobs. */
  readonly directory: string;
  /** For what the processes print. */
  readonly logs: string;
  readonly reviewDelaySeconds: number;
  /** Where blobs are, when not in the folder. */
  readonly storage: Readonly<Record<string, string>>;
}

/** Postgres, a token service, an API, a worker and three registries, each in a process of its own, on one storage. */
export class Site {
  private constructor(
    readonly publicUrl: string,
    readonly postgres: PostgresServer,
    private readonly processes: {
      readonly api: AppProcess;
      readonly auth: AppProcess;
      readonly worker: AppProcess;
      readonly registries: readonly AppProcess[];
    },
  ) {}

  static async start(options: SiteOptions): Promise<Site> {
    const postgres = await PostgresServer.start(path.join(options.directory, 'postgres'));
    const port = await findFreePort();
    const publicUrl = `http://127.0.0.1:${port}`;
    const env = {
      STOWAGE_DATABASE_URL: postgres.connectionString,
      STOWAGE_DATA_DIR: options.directory,
      STOWAGE_PUBLIC_URL: publicUrl,
      STOWAGE_UPLOAD_TTL: String(UPLOAD_TTL_SECONDS),
      STOWAGE_GC_REVIEW_DELAY: String(options.reviewDelaySeconds),
      STOWAGE_GC_INTERVAL: '1',
      STOWAGE_LOG_FORMAT: 'json',
      ...options.storage,
    };
    const app = (name: AppName, settings: { log?: string; port?: number } = {}) => {
      const logFile = path.join(options.logs, `${settings.log ?? name}.log`);
      return new AppProcess({ app: name, env, logFile, ...(settings.port ? { port: settings.port } : {}) });
    };
    const registries = Array.from({ length: REGISTRIES }, (_, index) => app('registry', { log: `registry-${index}` }));
    // The token service listens where the challenge of every registry points.
    const processes = { api: app('api'), auth: app('auth', { port }), worker: app('worker'), registries };
    const site = new Site(publicUrl, postgres, processes);
    // All at once: whoever comes first migrates, the others wait.
    await Promise.all(site.apps.map((each) => each.start())).catch(async (cause: unknown) => {
      await site.stop();
      throw cause;
    });
    return site;
  }

  get api(): AppProcess {
    return this.processes.api;
  }

  get worker(): AppProcess {
    return this.processes.worker;
  }

  get registries(): readonly AppProcess[] {
    return this.processes.registries;
  }

  get apps(): readonly AppProcess[] {
    const { api, auth, worker, registries } = this.processes;
    return [api, auth, worker, ...registries];
  }

  async stop(): Promise<void> {
    await Promise.allSettled(this.apps.map((each) => each.stop()));
    await this.postgres.stop();
  }
}
