import type { Answer } from './http-client.js';

/** The headers of an answer, without those that depend on the moment. */
export function stableHeaders({ headers }: Answer): Record<string, unknown> {
  const volatile = new Set(['date', 'connection', 'keep-alive']);
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !volatile.has(name)));
}
