import type { z } from 'zod';
import { encodeSegment } from '../paths.js';
import type { Route } from './route.js';

/** The names in the braces of a path. */
type ParameterName<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParameterName<Rest>
  : never;

type Parameters<R extends Pick<Route, 'path'>> = Readonly<Record<ParameterName<R['path']>, string>>;

/** The parameters of a route's path, where it has any. */
export type ParametersPart<R extends Route> = [ParameterName<R['path']>] extends [never]
  ? { readonly params?: never }
  : { readonly params: Parameters<R> };

type BodyPart<R extends Route> = R extends { readonly body: infer Body extends z.ZodType }
  ? { readonly body: z.input<Body> }
  : { readonly body?: never };

type QueryPart<R extends Route> = R extends { readonly query: infer Query extends z.ZodObject }
  ? object extends z.input<Query>
    ? { readonly query?: z.input<Query> }
    : { readonly query: z.input<Query> }
  : { readonly query?: never };

/** What a request to a route is made of; what the route does not take can't be given. */
export type RequestParts<R extends Route> = ParametersPart<R> & BodyPart<R> & QueryPart<R>;

/** What a route answers once its schema has checked it; nothing for a route without content. */
export type AnswerOf<R extends Route> = R extends { readonly answer: infer Answer extends z.ZodType }
  ? z.output<Answer>
  : undefined;

/** The address of a route below `API_PREFIX`. Throws a `RangeError` for a name that can't be a segment. */
export function pathOf<R extends Pick<Route, 'path'>>(route: R, params: Parameters<R>): string {
  const values: Readonly<Record<string, string>> = params;
  return route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeSegment(values[name] ?? ''));
}

/** A query with its `?`, or nothing; what is undefined is left out. */
export function queryStringOf(query: Readonly<Record<string, unknown>> | undefined): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) search.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return search.size > 0 ? `?${search.toString()}` : '';
}
