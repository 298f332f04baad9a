import { z } from 'zod';
import { timestampSchema } from './names.js';
import { pageOf, pageQuerySchema } from './page.js';
import { repositoryGlobsSchema, tagSelectorSchema } from './tag-selectors.js';

const MAX_RULES = 30;
const countSchema = z.number().int().min(1, 'at least 1').max(10_000, 'at most 10000');
const daysSchema = z.number().int().min(1, 'at least 1 day').max(3650, 'at most 3650 days');

/** What a rule keeps of the tags that it is about. Ages are those of the push of the tag: pushing it again renews it. */
export const retentionKeepSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('newest-pushed'), count: countSchema }),
  z.strictObject({ kind: z.literal('pushed-within'), days: daysSchema }),
  z.strictObject({ kind: z.literal('newest-pulled'), count: countSchema }),
  z.strictObject({ kind: z.literal('pulled-within'), days: daysSchema }),
  /** Such a rule is about tags that are versions, and no others. */
  z.strictObject({
    kind: z.literal('newest-versions'),
    count: countSchema,
    /** The newest of all, of each major or of each minor version. */
    per: z.enum(['repository', 'major', 'minor']),
  }),
  z.strictObject({
    kind: z.literal('versions-in'),
    range: z.string().trim().min(1, 'a range of versions, such as >=2.0.0').max(100),
  }),
  z.strictObject({ kind: z.literal('always') }),
  /** The tags go, unless another rule keeps them. */
  z.strictObject({ kind: z.literal('never') }),
]);
export type RetentionKeep = z.infer<typeof retentionKeepSchema>;

/** A rule of a namespace, or of a repository, where its patterns of repositories say nothing. */
export const retentionRuleSchema = tagSelectorSchema.extend({
  repositories: repositoryGlobsSchema,
  keep: retentionKeepSchema,
});
export type RetentionRule = z.infer<typeof retentionRuleSchema>;

/** What is never deleted, whatever the rules say. Immutable tags are besides. */
const retentionGuardsSchema = z.strictObject({
  latest: z.boolean().default(true),
  /** Images that an index of the repository names. */
  inIndex: z.boolean().default(true),
  pulledWithinDays: daysSchema.nullable().default(null),
});

/**
 * A tag goes when a rule is about it and none that is about it keeps it. What no rule is about stays.
 */
export const retentionPolicySchema = z.strictObject({
  rules: z.array(retentionRuleSchema).max(MAX_RULES),
  guards: retentionGuardsSchema.default({ latest: true, inIndex: true, pulledWithinDays: null }),
  /** When it runs, as a cron expression of five fields in UTC; null: only when somebody says so. */
  schedule: z.string().trim().min(1).max(100).nullable().default(null),
});
export type RetentionPolicy = z.infer<typeof retentionPolicySchema>;

/** `PUT …/retention-policy`: null takes the policy away; a repository then has that of its namespace. */
export const setRetentionSchema = z.strictObject({ policy: retentionPolicySchema.nullable() });
export type SetRetention = z.infer<typeof setRetentionSchema>;

export const retentionSchema = z.object({
  /** Null: nothing is ever deleted. */
  policy: retentionPolicySchema.nullable(),
  /** The policy is that of the namespace; its rules are those that are about the repository. */
  inherited: z.boolean(),
  nextRunAt: timestampSchema.nullable(),
  updatedAt: timestampSchema.nullable(),
  updatedBy: z.string().nullable(),
});
export type Retention = z.infer<typeof retentionSchema>;

export const RETENTION_GUARDS = ['immutable', 'latest', 'in-index', 'pulled'] as const;
/** Why a tag stays or goes. */
const decisionSchema = z.discriminatedUnion('by', [
  /** Position of the rule, from 0: that keeps it, or the first one that is about it and does not. */
  z.object({ by: z.literal('rule'), rule: z.number().int() }),
  z.object({ by: z.literal('guard'), guard: z.enum(RETENTION_GUARDS) }),
  /** No rule is about it. */
  z.object({ by: z.literal('no-rule') }),
]);
export type RetentionDecision = z.infer<typeof decisionSchema>;

const verdictSchema = z.enum(['keep', 'delete']);

export const retentionPreviewQuerySchema = pageQuerySchema.extend({ verdict: verdictSchema.optional() });
export type RetentionPreviewQuery = z.infer<typeof retentionPreviewQuerySchema>;

const judgedTagSchema = z.object({
  repository: z.string(),
  tag: z.string(),
  digest: z.string(),
  pushedAt: timestampSchema,
  /** Of its image, by whatever name, to the hour; null: never, or before pulls were recorded. */
  pulledAt: timestampSchema.nullable(),
  verdict: verdictSchema,
  decision: decisionSchema,
  /** Bytes that only this tag holds in the namespace; null for one that stays. */
  exclusiveBytes: z.number().int().nullable(),
});
export type JudgedTag = z.infer<typeof judgedTagSchema>;

/** `POST …/retention-policy/preview`: what the policy in the body would do now; nothing is changed. */
export const retentionPreviewSchema = pageOf(judgedTagSchema).extend({
  tags: z.number().int(),
  deletedTags: z.number().int(),
  /** Bytes of the namespace that nothing would hold any more, together; more than the sum where tags share layers. */
  freedBytes: z.number().int(),
  /** False: there are more tags than were looked at. */
  isComplete: z.boolean(),
});
export type RetentionPreview = z.infer<typeof retentionPreviewSchema>;

/** Of a retention run that was started, or of the one that is at work already. */
export const startedRunSchema = z.object({ id: z.uuid(), isNew: z.boolean() });
export type StartedRun = z.infer<typeof startedRunSchema>;

export const retentionResultQuerySchema = pageQuerySchema.extend({
  /** Without the namespace. */
  repository: z.string().min(1).max(255).optional(),
  run: z.uuid().optional(),
});
export type RetentionResultQuery = z.infer<typeof retentionResultQuerySchema>;

export const RETENTION_OUTCOMES = ['deleted', 'changed', ...RETENTION_GUARDS] as const;
/** What a run did with a tag that was to go: deleted it, or let it be because it had changed or a guard held it by then. */
export const retentionResultSchema = z.object({
  id: z.string(),
  runId: z.uuid(),
  repository: z.string(),
  tag: z.string(),
  digest: z.string(),
  outcome: z.enum(RETENTION_OUTCOMES),
  /** The rule that let it go, in words. */
  rule: z.string(),
  at: timestampSchema,
});
export type RetentionResult = z.infer<typeof retentionResultSchema>;
