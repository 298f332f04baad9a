import { type Database, hashedKey, RateLimitedError, RateLimiter, type RateStanding } from '@stowage/metadata';
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

/** The name of the limit in its headers. */
const REQUESTS = 'requests';

export const NO_LIMITS: RequestLimitOptions = { requestsPerMinute: 0, signUpsPerHour: 0 };

/** Counts requests, together with the other replicas. */
export class RequestLimits {
  readonly #limiter: RateLimiter;

  constructor(
    database: Database,
    private readonly options: RequestLimitOptions,
  ) {
    this.#limiter = new RateLimiter(database);
  }

  /** One more request. The answer says how many are left. Throws `RateLimitedError`. */
  async countRequest(request: FastifyRequest, reply: FastifyReply, caller: ApiCaller | null): Promise<void> {
    const max = this.options.requestsPerMinute;
    if (max === 0) return;
    const user = caller?.user;
    const counted = user ? ['user', user.id] : ['address', clientNetwork(request.ip)];
    try {
      setHeaders(reply, await this.#limiter.consume({ key: hashedKey(REQUESTS, counted), max, windowSeconds: 60 }));
    } catch (error) {
      if (error instanceof RateLimitedError) setHeaders(reply, error.standing);
      throw error;
    }
  }

  /** One more account, or an attempt at one. Throws `RateLimitedError`. */
  async countSignUp(request: FastifyRequest): Promise<void> {
    const max = this.options.signUpsPerHour;
    if (max === 0) return;
    await this.#limiter.consume({ key: hashedKey('sign-ups', [clientNetwork(request.ip)]), max, windowSeconds: 3600 });
  }
}

/** draft-ietf-httpapi-ratelimit-headers: the quota and its window, what is left of it and for how many seconds. */
function setHeaders(reply: FastifyReply, { limit, count, endsInSeconds }: RateStanding): void {
  void reply.headers({
    'ratelimit-policy': `"${REQUESTS}";q=${limit.max};w=${limit.windowSeconds}`,
    ratelimit: `"${REQUESTS}";r=${Math.max(0, limit.max - count)};t=${endsInSeconds}`,
  });
}
