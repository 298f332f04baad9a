import { formatWarnings } from '@stowage/oci';
import type { FastifyRequest } from 'fastify';
import { warningsOf } from '../warnings/request-warnings.js';

/** What every answer has: the version that Docker's engine asks for before it talks to a registry, and the warnings. */
export function commonHeaders(request: FastifyRequest): Record<string, string | string[]> {
  const warnings = formatWarnings(warningsOf(request));
  return {
    'docker-distribution-api-version': 'registry/2.0',
    ...(warnings.length > 0 ? { warning: warnings } : {}),
  };
}
