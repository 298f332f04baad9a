import type { LoggerService } from '@nestjs/common';
import type { RequestLogger } from './request-logger.js';

/** Nest's own messages, in our log. Its start-up chatter is for debugging only. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: RequestLogger) {}

  log(message: unknown): void {
    this.logger.debug({}, String(message));
  }
  debug(message: unknown): void {
    this.logger.debug({}, String(message));
  }
  verbose(message: unknown): void {
    this.logger.debug({}, String(message));
  }
  warn(message: unknown): void {
    this.logger.warn({}, String(message));
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.logger.error({ detail: rest.map(String) }, String(message));
  }
  fatal(message: unknown): void {
    this.logger.error({}, String(message));
  }
}
