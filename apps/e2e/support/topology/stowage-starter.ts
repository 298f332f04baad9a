import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { administratorEnvironment } from '../administrator.js';
import { makeTempDir, removeDataDir } from '../data-dir.js';
import { type Stowage, startStowage } from '../stowage.js';

/** Starts one Stowage as soon as a suite asks for it, and tells every suite where it is. */
export class StowageStarter {
  readonly #dataDir = makeTempDir('shared');
  #started: Promise<Stowage> | undefined;

  private constructor(private readonly server: http.Server) {}

  static async listen(): Promise<StowageStarter> {
    const server = http.createServer();
    const starter = new StowageStarter(server);
    server.on('request', (_, response) => {
      starter.#start().then(
        ({ url }) => response.end(url),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return starter;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    const stowage = await this.#started?.catch(() => undefined);
    await stowage?.stop();
    await removeDataDir(this.#dataDir);
  }

  #start(): Promise<Stowage> {
    this.#started ??= startStowage({ dataDir: this.#dataDir, env: administratorEnvironment });
    return this.#started;
  }
}
