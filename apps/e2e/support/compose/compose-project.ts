import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startEmbeddedPostgres } from '@stowage/embedded-postgres';
import { poll } from '../poll.js';
import { type ComposeFile, imageEnvironment, readComposeFile, type Service } from './compose-file.js';
import type { Container, ContainerNetwork } from './container-network.js';
import { commandOf, healthCommandOf, type Places } from './stand-ins.js';

const HEALTHY_MS = 120_000;
const silent = { info: () => {}, warn: () => {}, error: () => {} };

interface RunningContainer extends Container {
  readonly service: string;
  readonly process: ChildProcess;
  output: string;
}

/**
 * `docker compose up` without containers: the commands, environment, configuration and health checks of
 * docker-compose.yml, each service in a network namespace of its own. In place of the image of PostgreSQL: the one from npm.
 */
export class ComposeProject {
  readonly #running: RunningContainer[] = [];
  readonly #healthy = new Map<string, Promise<void>>();

  private constructor(
    private readonly file: ComposeFile,
    private readonly network: ContainerNetwork,
    private readonly front: Container,
    private readonly places: Places,
  ) {}

  static async up(folder: string, network: ContainerNetwork): Promise<ComposeProject> {
    const front = await network.add('proxy');
    const file = readComposeFile({
      POSTGRES_PASSWORD: 'harbour',
      S3_SECRET_ACCESS_KEY: 'lighthouse',
      STOWAGE_PUBLIC_URL: `http://${front.address}:8080`,
    });
    const dataDirectory = path.join(folder, 'postgres');
    const postgres = await startEmbeddedPostgres({ dataDirectory, logger: silent as never });
    const project = new ComposeProject(file, network, front, { folder, postgres });
    mkdirSync(path.join(folder, 'buckets/stowage'), { recursive: true });
    writeFileSync(path.join(folder, 'Caddyfile'), file.configs.caddyfile.content);
    const started = await Promise.allSettled(Object.keys(file.services).map((name) => project.#healthyService(name)));
    const failure = started.find((each) => each.status === 'rejected');
    if (failure) {
      await project.down();
      throw failure.reason as Error;
    }
    return project;
  }

  /** Through the proxy. */
  get url(): string {
    return `http://${this.front.address}:8080`;
  }

  containersOf(service: string): readonly RunningContainer[] {
    return this.#running.filter((each) => each.service === service);
  }

  /** As `docker stop` does; the answer is the exit code. */
  async stop({ process: child }: RunningContainer): Promise<number | null> {
    const closed = once(child, 'close');
    const exited = once(child, 'exit') as Promise<[number | null]>;
    child.kill('SIGTERM');
    const [code] = await exited;
    // With a good end its output is complete; after another somebody may still hold the pipes.
    if (code === 0) await closed;
    return code;
  }

  async kill({ process: child }: RunningContainer): Promise<void> {
    const hasEnded = child.exitCode !== null || child.signalCode !== null;
    const exited = hasEnded ? undefined : once(child, 'exit');
    killGroup(child);
    await exited;
  }

  async down(): Promise<void> {
    for (const container of this.#running) await this.kill(container);
    await this.places.postgres.stop();
  }

  #healthyService(name: string): Promise<void> {
    const known = this.#healthy.get(name);
    if (known) return known;
    const started = this.#start(name);
    this.#healthy.set(name, started);
    return started;
  }

  async #start(name: string): Promise<void> {
    const service = this.#service(name);
    await Promise.all(Object.keys(service.depends_on ?? {}).map((other) => this.#healthyService(other)));
    for (let replica = 0; replica < (service.deploy?.replicas ?? 1); replica += 1) {
      const container = name === 'proxy' ? this.front : await this.network.add(name);
      const started = this.#spawn(name, container);
      await this.#untilHealthy(started, service);
    }
  }

  #spawn(name: string, container: Container): RunningContainer {
    const service = this.#service(name);
    const { PATH, HOME } = process.env;
    const env = { PATH, HOME, ...imageEnvironment(service), ...textOf(service.environment) };
    const child = this.network.spawn(container, commandOf(name, service, this.places), env);
    const running: RunningContainer = { ...container, service: name, process: child, output: '' };
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => (running.output = (running.output + chunk.toString()).slice(-5000)));
    this.#running.push(running);
    return running;
  }

  async #untilHealthy(container: RunningContainer, service: Service): Promise<void> {
    const command = healthCommandOf(container.service, service);
    const check = async (): Promise<true | undefined> => {
      if (container.process.exitCode !== null) throw new Error(`${container.service} ended: ${container.output}`);
      const probe = this.network.spawn(container, command, process.env);
      const [code] = (await once(probe, 'close')) as [number | null];
      return code === 0 ? true : undefined;
    };
    await poll(check, {
      timeoutMs: HEALTHY_MS,
      what: `${container.service} to be healthy; it says ${container.output}`,
    });
  }

  #service(name: string): Service {
    const service = this.file.services[name];
    if (!service) throw new Error(`docker-compose.yml has no service ${name}`);
    return service;
  }
}

/** All that the container has started, also what its first process has left behind. */
function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function textOf(environment: Service['environment'] = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, String(value)]));
}
