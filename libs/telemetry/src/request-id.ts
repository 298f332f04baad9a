import { randomUUID } from 'node:crypto';

const ACCEPTED = /^[A-Za-z0-9][A-Za-z0-9._-]{7,63}$/;

/**
 * The id under which a request is logged: the one a proxy gave it (`X-Request-Id`), if it is harmless in a log and
 * in a header, else a new one.
 */
export function readRequestId(header: string | readonly string[] | undefined): string {
  return typeof header === 'string' && ACCEPTED.test(header) ? header : randomUUID();
}
