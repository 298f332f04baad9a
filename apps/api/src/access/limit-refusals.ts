import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import { type CountedLimit, LimitExceededError } from '@stowage/metadata';
import { ProblemError } from '@stowage/nest-kit';
import { catchError, type Observable } from 'rxjs';
import { API_OPTIONS, type ApiOptions } from '../api-options.js';

const NOUNS: Record<CountedLimit, string> = {
  privateRepositories: 'private repositories',
  members: 'members',
  robots: 'robots',
};

/** Says what a namespace has too many of, on every route alike: the limit, the use, and where to look. */
@Injectable()
export class LimitRefusals implements NestInterceptor {
  constructor(@Inject(API_OPTIONS) private readonly options: Pick<ApiOptions, 'usagePage'>) {}

  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      catchError((error: unknown) => {
        if (!(error instanceof LimitExceededError)) throw error;
        const { namespace, counted, numbers } = error;
        const page = this.options.usagePage(namespace);
        throw new ProblemError(
          409,
          `${namespace} has ${numbers.used} of ${numbers.limit} ${NOUNS[counted]}. Make room or ask an administrator for more: ${page}`,
          { cause: error },
        );
      }),
    );
  }
}
