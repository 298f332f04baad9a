import path from 'node:path';
import type { CleanUp } from '../clean-up.js';
import { type AppName, AppProcess } from './app-process.js';
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
  /** Of every process, besides. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Postgres, a token service, an API, a worker and three registries, each in a process of its own, on one storage. */
export class Site {
  private constructor(
    readonly postgres: PostgresServer,
    private readonly processes: {
      readonly api: AppProcess;
      readonly auth: AppProcess;
      readonly worker: AppProcess;
      readonly registries: readonly AppProcess[];
    },
  ) {}

  /** What it starts, it has `cleanUp` stop. */
  static async start(options: SiteOptions, cleanUp: CleanUp): Promise<Site> {
    const postgres = await PostgresServer.start(path.join(options.directory, 'postgres'));
    cleanUp.add(() => postgres.stop());
    const common = {
      STOWAGE_DATABASE_URL: postgres.connectionString,
      STOWAGE_DATA_DIR: options.directory,
      STOWAGE_UPLOAD_TTL: String(UPLOAD_TTL_SECONDS),
      STOWAGE_GC_REVIEW_DELAY: String(options.reviewDelaySeconds),
      STOWAGE_TRASH_RETENTION: '0',
      STOWAGE_GC_INTERVAL: '1',
      STOWAGE_LOG_FORMAT: 'json',
      STOWAGE_API_RATE_LIMIT: '0',
      STOWAGE_SIGNUP_RATE_LIMIT: '0',
      ...options.storage,
      ...options.settings,
    };
    // The challenge of every registry points at the token service: its address is the one that people know.
    const auth = new AppProcess({
      app: 'auth',
      env: (url) => ({ ...common, STOWAGE_PUBLIC_URL: url }),
      logFile: path.join(options.logs, 'auth.log'),
    });
    const env = () => ({ ...common, STOWAGE_PUBLIC_URL: auth.url });
    const app = (name: AppName, log: string = name) =>
      new AppProcess({ app: name, env, logFile: path.join(options.logs, `${log}.log`) });
    const registries = Array.from({ length: REGISTRIES }, (_, index) => app('registry', `registry-${index}`));
    const site = new Site(postgres, { api: app('api'), auth, worker: app('worker'), registries });
    cleanUp.add(() => Promise.all(site.apps.map((each) => each.stop())));
    await auth.start();
    await Promise.all([site.api, site.worker, ...registries].map((each) => each.start()));
    return site;
  }

  get publicUrl(): string {
    return this.processes.auth.url;
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
}
