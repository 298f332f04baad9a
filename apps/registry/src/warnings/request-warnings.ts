import type { FastifyRequest } from 'fastify';

/**
 * What the person behind a request should know, besides the answer. Whoever finds out adds it: the guard, a controller, a
 * hook of the app.
 */
const warnings = new WeakMap<FastifyRequest, string[]>();

export function addWarning(request: FastifyRequest, text: string | undefined): void {
  if (text === undefined) return;
  const known = warnings.get(request);
  if (known) known.push(text);
  else warnings.set(request, [text]);
}

/** In the order in which they were added. */
export function warningsOf(request: FastifyRequest): readonly string[] {
  return warnings.get(request) ?? [];
}
