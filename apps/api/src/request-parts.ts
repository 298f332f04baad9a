import type { Provider } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { IdempotentRequests } from '@stowage/metadata';
import { ApiGuard } from './access/api.guard.js';
import { LimitRefusals } from './access/limit-refusals.js';
import { NO_LIMITS, RequestLimits } from './access/request-limits.js';
import type { ApiOptions } from './api-options.js';
import { IdempotencyKeys } from './idempotency/idempotency-keys.js';

/** What every request passes, in this order. */
export function requestProviders({ database, limits = NO_LIMITS }: ApiOptions): Provider[] {
  return [
    { provide: APP_GUARD, useClass: ApiGuard },
    // Around the other one: what that words is a refusal, too.
    { provide: APP_INTERCEPTOR, useClass: IdempotencyKeys },
    { provide: APP_INTERCEPTOR, useClass: LimitRefusals },
    { provide: RequestLimits, useValue: new RequestLimits(database, limits) },
    { provide: IdempotentRequests, useValue: new IdempotentRequests(database) },
  ];
}
