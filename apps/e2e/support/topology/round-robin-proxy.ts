import { once } from 'node:events';
import http from 'node:http';
import { pipeline } from 'node:stream/promises';

export interface Backends {
  /** Ports on this machine; asked in turn, whatever the client and whatever came before. */
  readonly registry: readonly number[];
  readonly auth: readonly number[];
  readonly api: readonly number[];
}

/** It keeps idle connections as long as proxies do: a client that is busy for Node's five seconds writes to a closed one. */
const LIMITS = { requestTimeout: 0, headersTimeout: 60_000, keepAliveTimeout: 75_000 };

/** A front proxy as plain as they come: one backend a request, in turn; nothing sticky, nothing buffered, nothing tried again. */
export class RoundRobinProxy {
  readonly #server: http.Server;
  #backends: Backends = { registry: [], auth: [], api: [] };
  #turn = 0;

  private constructor() {
    this.#server = http.createServer(LIMITS, (request, response) => this.#forward(request, response));
  }

  static async listen(port = 0): Promise<RoundRobinProxy> {
    const proxy = new RoundRobinProxy();
    proxy.#server.listen(port, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('it does not listen');
    return address.port;
  }

  use(backends: Backends): void {
    this.#backends = backends;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #forward(request: http.IncomingMessage, response: http.ServerResponse): void {
    const group = this.#backends[groupOf(request.url ?? '')];
    const port = group[this.#turn++ % group.length];
    const { method, url, rawHeaders } = request;
    // A connection for each request: an idle one that its backend has closed would fail requests that nobody lost.
    const upstream = http.request({ host: '127.0.0.1', port, method, path: url, headers: rawHeaders, agent: false });
    response.on('close', () => upstream.destroy());
    upstream.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.statusMessage, endToEnd(answer.rawHeaders));
      pipeline(answer, response).catch(() => response.destroy());
    });
    // A backend that has answered may refuse the rest of the body; whether its answer is whole, the answer knows.
    upstream.on('error', () => {
      if (!response.headersSent) refuse(response);
    });
    // Not `pipeline`: when the backend stops reading, the client is still to get its answer.
    request.pipe(upstream);
    upstream.on('close', () => {
      request.unpipe(upstream);
      request.resume();
    });
  }
}

/** Without what is about one connection: that the backend closes its own says nothing of the client's. RFC 9110, 7.6.1. */
function endToEnd(rawHeaders: readonly string[]): string[] {
  return rawHeaders.filter((_, at) => !/^(connection|keep-alive)$/i.test(rawHeaders[at - (at % 2)] ?? ''));
}

function refuse(response: http.ServerResponse): void {
  response.writeHead(502, { 'content-type': 'text/plain' }).end('no backend answers\n');
}

function groupOf(url: string): keyof Backends {
  if (/^\/v2(\/|\?|$)/.test(url)) return 'registry';
  return /^\/(token|\.well-known\/jwks\.json)(\?|$)/.test(url) ? 'auth' : 'api';
}
