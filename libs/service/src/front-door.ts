import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';

const HEADERS_TIMEOUT_MS = 60_000;
/** Longer than the 60 s of common proxies, so that they close idle connections and not we. */
const KEEP_ALIVE_TIMEOUT_MS = 75_000;
/** A connection on which nothing moves is dead: uploads and downloads go on for hours, but they move. */
const IDLE_TIMEOUT_MS = 5 * 60_000;

/** An HTTP server with the limits that all ours have; `choose` says who answers a path, as it was sent. */
export function createFrontDoor(choose: (path: string) => RequestListener): Server {
  const server = createServer(
    { headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: 0, keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS },
    (request: IncomingMessage, response: ServerResponse) => choose(pathOf(request.url ?? '/'))(request, response),
  );
  server.timeout = IDLE_TIMEOUT_MS;
  return server;
}

function pathOf(url: string): string {
  return url.split(/[?#]/, 1)[0] ?? '';
}
