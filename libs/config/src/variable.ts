import { z } from 'zod';
import type { ValueType } from './value-types.js';

export interface Variable<T> {
  readonly name: string;
  readonly meaning: string;
  /** As the documentation shows it. */
  readonly default: string | undefined;
  readonly allowed: string;
  readonly isSecret: boolean;
  readonly schema: z.ZodType<T, string | undefined>;
}

interface Definition<T> {
  readonly meaning: string;
  readonly type: ValueType<T>;
  /** A text, read like a value from outside. */
  readonly default?: string;
  /** Shown instead of a default that depends on other variables. */
  readonly defaultShown?: string;
}

/** Without a default the value is `undefined` when the variable is not set. An empty variable is not set. */
export function variable<T>(name: string, definition: Definition<T> & { readonly default: string }): Variable<T>;
export function variable<T>(name: string, definition: Definition<T>): Variable<T | undefined>;
export function variable<T>(name: string, definition: Definition<T>): Variable<T | undefined> {
  const { meaning, type, default: fallback } = definition;
  const schema =
    fallback === undefined
      ? type.schema.optional()
      : z
          .string()
          .optional()
          .transform((value) => value ?? fallback)
          .pipe(type.schema);
  return {
    name,
    meaning,
    default: definition.defaultShown ?? fallback,
    allowed: type.allowed,
    isSecret: type.isSecret ?? false,
    schema,
  };
}
