import { isRepositoryName } from '@stowage/oci';
import { z } from 'zod';

/** What a grant may give: each a right of its own, so that push does not bring pull. */
export const GRANT_ACTIONS = ['pull', 'push', 'delete'] as const;
export type GrantAction = (typeof GRANT_ACTIONS)[number];

export const MAX_GRANTS = 100;

/** `ns/name`, `ns/*` or `ns/prefix/*`: with something in place of the star it is the name of a repository. */
export function isRepositoryPattern(text: string): boolean {
  return isRepositoryName(text.replace(/\/\*$/, '/x')) && text.length <= 255;
}

/** Gives its subject (a user, a robot, a trust rule) actions on repositories of one namespace, besides any role. */
export const accessGrantSchema = z.strictObject({
  repository: z.string().refine(isRepositoryPattern, 'use ns/name, ns/* or ns/prefix/*'),
  actions: z.array(z.enum(GRANT_ACTIONS)).min(1, 'choose at least one right'),
});
export type AccessGrant = z.infer<typeof accessGrantSchema>;

/** All that one subject holds in a namespace; the order means nothing, and a pattern is named once. */
export const accessGrantsSchema = z
  .array(accessGrantSchema)
  .max(MAX_GRANTS)
  .refine((grants) => new Set(grants.map(({ repository }) => repository)).size === grants.length, {
    message: 'a repository or prefix is named twice',
  });
