import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import { type IdempotencyClaim, IdempotentRequests, ReadOnlyError } from '@stowage/metadata';
import { ProblemError, toFailure } from '@stowage/nest-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { lastValueFrom, type Observable, of } from 'rxjs';
import { API_OPTIONS, type ApiOptions } from '../api-options.js';
import { identifyRequest, keyOf } from './idempotent-request.js';

const RETRY_AFTER = { 'Retry-After': '5' };

/**
 * A request with an `Idempotency-Key` that the route table lets have one is done once: who sends the same again within a day
 * is answered as the first time. What is refused has done nothing and may be sent again under the same key.
 */
@Injectable()
export class IdempotencyKeys implements NestInterceptor {
  constructor(
    @Inject(IdempotentRequests) private readonly store: IdempotentRequests,
    @Inject(API_OPTIONS) private readonly options: Pick<ApiOptions, 'logger'>,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const key = keyOf(request);
    if (key === undefined) return next.handle();
    const asked = identifyRequest(request, key);
    const claim = await this.store.claim(asked);
    const reply = http.getResponse<FastifyReply>();
    if (claim.kind === 'answered') {
      void reply.status(claim.status).header('idempotency-replayed', 'true');
      return of(claim.answer === null ? undefined : JSON.parse(claim.answer));
    }
    if (claim.kind !== 'first') throw refusal(claim.kind);
    return of(await this.#doOnce(asked, next, reply));
  }

  async #doOnce(asked: { readonly id: Uint8Array }, next: CallHandler, reply: FastifyReply): Promise<unknown> {
    let body: unknown;
    try {
      body = await lastValueFrom(next.handle(), { defaultValue: undefined });
    } catch (error) {
      if (hasDoneNothing(error)) await this.#note(this.store.release(asked));
      throw error;
    }
    const answer = body === undefined ? null : JSON.stringify(body);
    await this.#note(this.store.keep(asked, { status: reply.statusCode, answer }));
    return body;
  }

  /** What was done is done, and answered, also when that can't be noted: the key is then never let go. */
  async #note(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (err) {
      this.options.logger.warn({ err }, 'could not note how a request with an idempotency key ended');
    }
  }
}

/** An outage may have come after the change was made. */
function hasDoneNothing(error: unknown): boolean {
  return error instanceof ReadOnlyError || toFailure(error).status < 500;
}

function refusal(kind: Exclude<IdempotencyClaim['kind'], 'first' | 'answered'>): ProblemError {
  if (kind === 'another request') {
    return new ProblemError(
      422,
      'This Idempotency-Key was sent with another request. Use a new key for a new request.',
    );
  }
  if (kind === 'running') {
    const detail = 'The first request with this Idempotency-Key is still running. Send it again in a moment.';
    return new ProblemError(409, detail, { headers: RETRY_AFTER });
  }
  return new ProblemError(
    409,
    'How the first request with this Idempotency-Key ended is not known. Look whether it was done; if not, send it with a new key.',
  );
}
