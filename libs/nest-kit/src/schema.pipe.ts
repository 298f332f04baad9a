import { StandardSchemaValidationPipe } from '@nestjs/common';
import { ProblemError } from './http-errors.js';

/**
 * Checks every parameter that names a schema (`@Body({ schema })`) and hands the handler what the schema made of it.
 * Throws 400 with one entry a field.
 */
export class SchemaPipe extends StandardSchemaValidationPipe {
  constructor() {
    super({
      exceptionFactory: (issues) => {
        const errors = issues.map(({ path, message }) => ({ field: fieldOf(path), message }));
        const [first] = errors;
        const detail = first
          ? `${first.field ? `${first.field}: ` : ''}${first.message}`
          : 'The request is not acceptable.';
        return new ProblemError(400, detail, { errors });
      },
    });
  }
}

function fieldOf(path: readonly unknown[] | undefined): string {
  return (path ?? [])
    .map((part) => (typeof part === 'object' && part !== null && 'key' in part ? String(part.key) : String(part)))
    .join('.');
}
