import { type Database, RateLimitedError, RateLimiter, type RateLimitStanding } from '@stowage/metadata';
import { clientNetwork } from '@stowage/nest-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiCaller } from './caller.js';

/** How much one caller may ask for; 0 is no limit. */
export interface RequestLimitOptions {
  /** Requests of a user, or of an address that nobody has signed in from. */
  readonly requestsPerMinute: number;
  /** New accounts from one address. */
  readonly signUpsPerHour: number;
}

export const NO_LIMITS: RequestLimitOptions = { requestsPerMinute: 0, signUpsPerHour: 0 };

/** Counts requests, together with the other replicas. */
export class RequestLimits {
  readonly #requests: RateLimiter | undefined;
  readonly #signUps: RateLimiter | undefined;

  constructor(database: Database, { requestsPerMinute, signUpsPerHour }: RequestLimitOptions) {
    if (requestsPerMinute > 0) {
      this.#requests = new RateLimiter(database, { name: 'requests', points: requestsPerMinute, seconds: 60 });
    }
    if (signUpsPerHour > 0) {
      this.#signUps = new RateLimiter(database, { name: 'sign-ups', points: signUpsPerHour, seconds: 3600 });
    }
  }

  /** One more request. The answer says how many are left. Throws `RateLimitedError`. */
  async countRequest(request: FastifyRequest, reply: FastifyReply, caller: ApiCaller | null): Promise<void> {
    const user = caller?.user;
    const key = user ? `user ${user.id}` : `address ${clientNetwork(request.ip)}`;
    await count(this.#requests, key, reply);
  }

  /** One more account, or an attempt at one. Throws `RateLimitedError`. */
  async countSignUp(request: FastifyRequest): Promise<void> {
    await this.#signUps?.consume(clientNetwork(request.ip));
  }
}

async function count(limiter: RateLimiter | undefined, key: string, reply: FastifyReply): Promise<void> {
  if (!limiter) return;
  try {
    setHeaders(reply, await limiter.consume(key));
  } catch (error) {
    if (error instanceof RateLimitedError) setHeaders(reply, error.standing);
    throw error;
  }
}

/** draft-ietf-httpapi-ratelimit-headers: the quota and its window, what is left of it and for how many seconds. */
function setHeaders(reply: FastifyReply, { limit, remaining, resetSeconds }: RateLimitStanding): void {
  void reply.headers({
    'ratelimit-policy': `"${limit.name}";q=${limit.points};w=${limit.seconds}`,
    ratelimit: `"${limit.name}";r=${remaining};t=${resetSeconds}`,
  });
}
