import { z } from 'zod';
import { pageQuerySchema } from './page.js';

/** A field that a list is sorted by; with a minus the other way round. */
export type SortOf<Field extends string> = Field | `-${Field}`;

/**
 * Query of a list that people search and sort. `q`: what an entry has to contain, in any case. A cursor is good for the
 * order that it was given with.
 */
export function sortedQuery<Field extends string>(fields: readonly [Field, ...Field[]], usual: SortOf<Field>) {
  const sorts = fields.flatMap((field): SortOf<Field>[] => [field, `-${field}`]) as [SortOf<Field>, ...SortOf<Field>[]];
  return pageQuerySchema.extend({
    q: z.string().trim().max(100).default(''),
    sort: z.enum(sorts).default(usual as never),
  });
}

/** What `sortedQuery` reads. */
export interface SortedQuery<Field extends string> {
  readonly q: string;
  readonly sort: SortOf<Field>;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** By name in the namespace, or by what the description contains; what was never pushed comes before all that was. */
export const repositoryQuerySchema = sortedQuery(['name', 'lastPushedAt'], 'name');
export type RepositoryQuery = z.infer<typeof repositoryQuerySchema>;

export const memberQuerySchema = sortedQuery(['username', 'addedAt'], 'username');
export type MemberQuery = z.infer<typeof memberQuerySchema>;

/** Also by what the description contains; what was never used comes before all that was. */
export const robotQuerySchema = sortedQuery(['name', 'lastUsedAt'], 'name');
export type RobotQuery = z.infer<typeof robotQuerySchema>;

/** The newest first, unless something else is asked for; what was never used comes before all that was. */
export const accessTokenQuerySchema = sortedQuery(['name', 'createdAt', 'lastUsedAt'], '-createdAt');
export type AccessTokenQuery = z.infer<typeof accessTokenQuerySchema>;
