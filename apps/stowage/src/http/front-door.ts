import type { RequestListener } from 'node:http';
import { OPERATIONS_PATHS } from '@stowage/service';

export interface FrontDoorHandlers {
  readonly registry: RequestListener;
  readonly auth: RequestListener;
  readonly api: RequestListener;
  readonly operations: RequestListener;
  readonly dashboard: RequestListener;
}

const AUTH_PATHS = new Set(['/token', '/.well-known/jwks.json']);
const SECURITY_FILE = '/.well-known/security.txt';

/**
 * Which app a path belongs to. The apps stay apart on their one port: each has its own parsers, guards and error bodies,
 * and sees only its paths, as it does when it runs alone behind a proxy.
 */
export function appOf(path: string): keyof FrontDoorHandlers {
  if (path === '/v2' || path.startsWith('/v2/')) return 'registry';
  if (path.startsWith('/api/') || path === SECURITY_FILE) return 'api';
  if (AUTH_PATHS.has(path)) return 'auth';
  if (OPERATIONS_PATHS.has(path)) return 'operations';
  return 'dashboard';
}
