import { z } from 'zod';
import type { Variable } from './variable.js';

/** Variables that belong together, and the value that they make. An app composes its configuration of these. */
export interface Settings<T> {
  readonly variables: readonly Variable<unknown>[];
  /** From the values of the environment by name. An issue's path is the name of the variable. */
  readonly schema: z.ZodType<T, Readonly<Record<string, string | undefined>>>;
}

type Fields = Readonly<Record<string, Variable<unknown>>>;
type Values<F extends Fields> = { readonly [K in keyof F]: F[K] extends Variable<infer T> ? T : never };

/** Ends the reading of this section. The message begins with the variable's name and never holds its value. */
export type Refuse = (variable: Variable<unknown>, message: string) => never;

type Combine<F extends Fields, T> = (values: Values<F>, refuse: Refuse) => T;

export function defineSettings<F extends Fields>(fields: F): Settings<Values<F>>;
export function defineSettings<F extends Fields, T>(fields: F, combine: Combine<F, T>): Settings<T>;
export function defineSettings<F extends Fields, T>(fields: F, combine?: Combine<F, T>): Settings<T | Values<F>> {
  const entries = Object.entries(fields);
  const schema = z
    .object(Object.fromEntries(entries.map(([, variable]) => [variable.name, variable.schema])))
    .transform((byName: Record<string, unknown>, context) => {
      const values = Object.fromEntries(entries.map(([key, variable]) => [key, byName[variable.name]])) as Values<F>;
      const refuse = (variable: Variable<unknown>, message: string) => {
        context.addIssue({ code: 'custom', path: [variable.name], message });
        return z.NEVER;
      };
      return combine ? combine(values, refuse) : values;
    });
  return { variables: Object.values(fields), schema: schema as unknown as Settings<T | Values<F>>['schema'] };
}
