import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';

export interface FrontDoorHandlers {
  readonly registry: RequestListener;
  readonly auth: RequestListener;
  readonly api: RequestListener;
  readonly operations: RequestListener;
  readonly dashboard: RequestListener;
}

const HEADERS_TIMEOUT_MS = 60_000;
/** Longer than the 60 s of common proxies, so that they close idle connections and not we. */
const KEEP_ALIVE_TIMEOUT_MS = 75_000;
/** A connection on which nothing moves is dead: uploads and downloads go on for hours, but they move. */
const IDLE_TIMEOUT_MS = 5 * 60_000;

const AUTH_PATHS = new Set(['/token', '/.well-known/jwks.json']);
const OPERATIONS_PATHS = new Set(['/healthz', '/readyz', '/metrics']);

/**
 * One port for all apps. They stay apart: each has its own parsers, guards and error bodies, and sees only its paths, as
 * it does when it runs alone behind a proxy.
 */
export function createFrontDoor(handlers: FrontDoorHandlers): Server {
  const server = createServer(
    { headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: 0, keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS },
    (request: IncomingMessage, response: ServerResponse) => handlers[appOf(request.url ?? '/')](request, response),
  );
  server.timeout = IDLE_TIMEOUT_MS;
  return server;
}

/** Which app a URL belongs to. Only the path decides, as it was sent. */
export function appOf(url: string): keyof FrontDoorHandlers {
  const path = url.split(/[?#]/, 1)[0] ?? '';
  if (path === '/v2' || path.startsWith('/v2/')) return 'registry';
  if (path.startsWith('/api/')) return 'api';
  if (AUTH_PATHS.has(path)) return 'auth';
  if (OPERATIONS_PATHS.has(path)) return 'operations';
  return 'dashboard';
}
