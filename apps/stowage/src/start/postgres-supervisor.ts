import { setTimeout as delay } from 'node:timers/promises';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@stowage/embedded-postgres';
import type { RequestLogger } from '@stowage/nest-kit';

const RESTART_DELAY_MS = 1_000;

/**
 * The embedded Postgres, started again whenever it dies by itself: until then requests are answered with 503, and the
 * pool of connections finds the new server at the old address.
 */
export class PostgresSupervisor {
  #running: EmbeddedPostgres | undefined;
  #restarting: Promise<void> | undefined;
  #isStopping = false;

  private constructor(
    private readonly dataDirectory: string,
    private readonly logger: RequestLogger,
  ) {}

  static async start(dataDirectory: string, logger: RequestLogger): Promise<PostgresSupervisor> {
    const supervisor = new PostgresSupervisor(dataDirectory, logger);
    await supervisor.#start();
    return supervisor;
  }

  get connectionString(): string {
    if (!this.#running) throw new Error('Postgres is not running');
    return this.#running.connectionString;
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#restarting;
    await this.#running?.stop();
  }

  async #start(): Promise<void> {
    const server = await startEmbeddedPostgres({ dataDirectory: this.dataDirectory, logger: this.logger });
    this.#running = server;
    server.onUnexpectedExit((error) => {
      if (this.#isStopping) return;
      this.logger.error({ err: error }, 'Postgres has stopped by itself; starting it again');
      this.#restarting = this.#restart();
    });
  }

  async #restart(): Promise<void> {
    while (!this.#isStopping) {
      await delay(RESTART_DELAY_MS);
      try {
        await this.#start();
        this.logger.info({}, 'Postgres is back');
        return;
      } catch (error) {
        this.logger.error({ err: error }, 'Postgres could not be started; trying again');
      }
    }
  }
}
