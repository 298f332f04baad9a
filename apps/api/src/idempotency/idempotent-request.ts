import { createHash } from 'node:crypto';
import type { NamedRoute } from '@stowage/contracts';
import type { IdempotentRequest } from '@stowage/metadata';
import { ProblemError } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { callerOf, userOf } from '../access/caller.js';
import { routeOf } from '../access/named-input.js';

/** Visible characters of ASCII, so that a header that was sent twice is no key. */
const KEY = /^[\x21-\x7e]{1,255}$/;

/**
 * The key of a request; undefined when it has none, and for methods that may be repeated anyway. Throws 400 where it would
 * promise what the route does not do.
 */
export function keyOf(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined || request.method !== 'POST') return undefined;
  refuseUselessKey(routeOf(request));
  if (typeof key === 'string' && KEY.test(key)) return key;
  throw new ProblemError(400, 'An Idempotency-Key is 1 to 255 visible characters without spaces.');
}

function refuseUselessKey({ idempotencyKey }: NamedRoute): void {
  if (idempotencyKey === 'taken') return;
  if (idempotencyKey === 'answers a secret') {
    throw new ProblemError(
      400,
      'The answer holds a secret that is kept nowhere, so it can not be given twice. Send the request without Idempotency-Key; if no answer comes, delete what was made and make another one.',
    );
  }
  throw new ProblemError(400, 'This address takes no Idempotency-Key. Send the request without one.');
}

/** Whose key it is, and for what: a credential sees no answer but its own. */
export function identifyRequest(request: FastifyRequest, key: string): IdempotentRequest {
  const { actor, acting } = callerOf(request);
  const { id: userId } = userOf(request);
  const caller = [userId, actor.credentialId, acting?.administrator.id ?? null];
  return {
    id: digest([...caller, key]),
    userId,
    request: digest([request.method, request.url, request.body ?? null]),
  };
}

function digest(parts: readonly unknown[]): Uint8Array {
  return createHash('sha256').update(JSON.stringify(parts)).digest();
}
