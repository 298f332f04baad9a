import { z } from 'zod';
import { timestampSchema } from './names.js';
import { repositoryGlobsSchema, tagSelectorSchema } from './tag-selectors.js';

const MAX_RULES = 50;

/** Tags that stay at their digest, in some of a namespace's repositories. */
export const immutabilityRuleSchema = tagSelectorSchema.extend({ repositories: repositoryGlobsSchema });
export type ImmutabilityRule = z.infer<typeof immutabilityRuleSchema>;

/** `PUT /namespaces/{namespace}/immutability-rules`: all rules; none lets every tag be moved. */
export const setImmutabilitySchema = z.strictObject({ rules: z.array(immutabilityRuleSchema).max(MAX_RULES) });
export type SetImmutability = z.input<typeof setImmutabilitySchema>;

const changedSchema = z.object({
  /** Null: nobody has ever said anything. */
  updatedAt: timestampSchema.nullable(),
  updatedBy: z.string().nullable(),
});

export const immutabilitySchema = changedSchema.extend({ rules: z.array(immutabilityRuleSchema) });
export type Immutability = z.infer<typeof immutabilitySchema>;

/** The same on a repository; null goes back to what the namespace says. */
export const setRepositoryImmutabilitySchema = z.strictObject({
  rules: z.array(tagSelectorSchema).max(MAX_RULES).nullable(),
});
export type SetRepositoryImmutability = z.input<typeof setRepositoryImmutabilitySchema>;

export const repositoryImmutabilitySchema = changedSchema.extend({
  /** Those of the namespace that are about this repository, unless it has its own. */
  rules: z.array(tagSelectorSchema),
  inherited: z.boolean(),
});
export type RepositoryImmutability = z.infer<typeof repositoryImmutabilitySchema>;

/** A tag that a rule would hold. */
const heldTagSchema = z.object({
  repository: z.string(),
  tag: z.string(),
  /** Position of the rule, from 0. */
  rule: z.number().int(),
});
export type HeldTag = z.infer<typeof heldTagSchema>;

/** `POST …/immutability-rules/preview`: what the rules in the body would hold; nothing is changed. */
export const immutabilityPreviewSchema = z.object({
  items: z.array(heldTagSchema),
  nextCursor: z.string().nullable(),
  /** How many tags each rule holds first, in the order of the rules. */
  heldByRule: z.array(z.number().int()),
  heldTags: z.number().int(),
  /** Tags that were looked at. */
  tags: z.number().int(),
  /** False: there are more tags than were looked at. */
  isComplete: z.boolean(),
});
export type ImmutabilityPreview = z.infer<typeof immutabilityPreviewSchema>;
