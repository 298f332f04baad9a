import { once } from 'node:events';
import http from 'node:http';
import { pipeline } from 'node:stream/promises';

export interface SeenRequest {
  readonly method: string;
  /** Without the query, which signs it. */
  readonly path: string;
  readonly status: number;
  /** Whether it came with credentials of its own besides the signature of its URL. */
  readonly isAuthorized: boolean;
}

/** Another address of an S3 server: passes everything on as it came, and remembers who asked for what. */
export class WatchedGateway {
  readonly seen: SeenRequest[] = [];
  readonly #server: http.Server;

  private constructor(private readonly target: URL) {
    this.#server = http.createServer({ keepAliveTimeout: 75_000 }, (request, response) =>
      this.#forward(request, response),
    );
  }

  static async open(endpoint: string): Promise<WatchedGateway> {
    const gateway = new WatchedGateway(new URL(endpoint));
    gateway.#server.listen(0, '127.0.0.1');
    await once(gateway.#server, 'listening');
    return gateway;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('it does not listen');
    return `http://localhost:${address.port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #forward(request: http.IncomingMessage, response: http.ServerResponse): void {
    const { method = '', url = '', rawHeaders, headers } = request;
    const { hostname: host, port } = this.target;
    // The host's name goes along unchanged: the signature covers it.
    const upstream = http.request({ host, port, method, path: url, headers: rawHeaders, agent: false });
    response.on('close', () => upstream.destroy());
    upstream.on('error', () => response.destroy());
    upstream.on('response', (answer) => {
      const status = answer.statusCode ?? 502;
      const [path = ''] = url.split('?');
      this.seen.push({ method, path, status, isAuthorized: headers.authorization !== undefined });
      response.writeHead(status, answer.statusMessage, answer.rawHeaders);
      pipeline(answer, response).catch(() => response.destroy());
    });
    request.pipe(upstream);
  }
}
