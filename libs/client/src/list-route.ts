import type { AnswerOf, Page, PageQuery, ParametersPart, Route } from '@stowage/contracts';
import type { z } from 'zod';

/** A route that answers with one page of a list at a time. */
export type ListRoute = Route & { readonly query: z.ZodObject; readonly answer: z.ZodType<Page<unknown>> };

export type ItemOf<R extends ListRoute> = AnswerOf<R> extends Page<infer Item> ? Item : never;

/** What the list is of, and what it is narrowed to. */
export type ListParts<R extends ListRoute> = ParametersPart<R> & {
  readonly filter?: Omit<z.input<R['query']>, keyof PageQuery>;
};

/** No second argument is needed for a list of a whole. */
export type ListRest<R extends ListRoute> =
  object extends ListParts<R> ? [parts?: ListParts<R>] : [parts: ListParts<R>];
