import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorFormat } from './error-bodies.js';
import { toFailure } from './failure.js';
import type { RequestLogger } from './request-logger.js';

/** Turns errors into answers: once, here, for every route of an app. */
@Catch()
export class FailureFilter implements ExceptionFilter {
  constructor(
    private readonly format: ErrorFormat,
    private readonly logger: RequestLogger,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const failure = toFailure(error);
    this.#log(error, failure.isDefect, request);
    if (reply.raw.headersSent) {
      reply.raw.destroy(); // a truncated body must not look complete
      return;
    }
    const { contentType, body } = this.format(failure, request.id);
    void reply.status(failure.status).headers(failure.headers).header('content-type', contentType);
    if (request.method === 'HEAD') void reply.send();
    else void reply.send(JSON.stringify(body));
  }

  #log(error: unknown, isDefect: boolean, request: FastifyRequest): void {
    const fields = { requestId: request.id, method: request.method, path: pathOf(request), err: error };
    if (isDefect) this.logger.error(fields, 'request failed');
    else this.logger.debug(fields, 'request refused');
  }
}

/** Without the query, which may hold secrets. */
function pathOf(request: FastifyRequest): string {
  return request.originalUrl.split('?')[0] ?? '';
}
