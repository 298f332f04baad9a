import { z } from 'zod';
import { timestampSchema } from './names.js';

/** What a namespace can be limited in. `layerBytes`: the size of one layer, or of any other blob. */
export const LIMIT_NAMES = ['storageBytes', 'privateRepositories', 'members', 'robots', 'layerBytes'] as const;
export type LimitName = (typeof LIMIT_NAMES)[number];

/** Null: no limit. */
const limit = (atLeast: number) =>
  z
    .number()
    .int('a whole number')
    .min(atLeast, `at least ${atLeast}`)
    .max(Number.MAX_SAFE_INTEGER - 1)
    .nullable();

const shape = {
  storageBytes: limit(0),
  privateRepositories: limit(0),
  /** Whoever made the namespace is one. */
  members: limit(1),
  robots: limit(0),
  layerBytes: limit(1),
};

export const limitsSchema = z.object(shape);
export type Limits = z.infer<typeof limitsSchema>;

export const planNameSchema = z
  .string()
  .trim()
  .min(1, 'give it a name')
  .max(40, 'at most 40 characters')
  .regex(/^[a-z0-9]+(?:[_-][a-z0-9]+)*$/, 'lower-case letters and digits, with single "-" or "_" between');

/** A named set of limits. */
export const planSchema = z.object({
  name: z.string(),
  description: z.string(),
  /** Of new namespaces. */
  isDefault: z.boolean(),
  limits: limitsSchema,
  /** The storage is still that of the configuration: nobody has set one. */
  isStorageConfigured: z.boolean(),
  namespaceCount: z.number().int(),
  createdAt: timestampSchema,
});
export type Plan = z.infer<typeof planSchema>;

const description = z.string().trim().max(200);

/** `POST /admin/plans`. What is absent is not limited. */
export const createPlanSchema = z.strictObject({
  name: planNameSchema,
  description: description.default(''),
  limits: z.strictObject({
    storageBytes: shape.storageBytes.default(null),
    privateRepositories: shape.privateRepositories.default(null),
    members: shape.members.default(null),
    robots: shape.robots.default(null),
    layerBytes: shape.layerBytes.default(null),
  }),
});
export type CreatePlan = z.input<typeof createPlanSchema>;

/** `PATCH /admin/plans/{plan}`; what is absent stays as it is. A plan stops to be the default when another one becomes it. */
export const changePlanSchema = z
  .strictObject({
    name: planNameSchema.optional(),
    description: description.optional(),
    limits: z.strictObject(shape).partial().optional(),
    isDefault: z.literal(true, 'make another plan the default instead').optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'nothing to change');
export type ChangePlan = z.infer<typeof changePlanSchema>;

/** A limit of a namespace's own: a number, null for none, or the plan's. */
const ownLimit = <Schema extends z.ZodType>(schema: Schema) => z.union([schema, z.literal('plan')]).optional();

/** `PUT /admin/namespaces/{namespace}/quota`: the plan, and the limits of the namespace's own. What is absent stays as it is. */
export const putQuotaSchema = z
  .strictObject({
    plan: planNameSchema.optional(),
    /** The same as `limits.storageBytes`. Less than is used: pushes are refused until there is room, pulls go on. */
    storageLimitBytes: ownLimit(
      z.number().int('whole bytes').min(0, 'not below zero').max(Number.MAX_SAFE_INTEGER).nullable(),
    ),
    limits: z
      .strictObject({
        storageBytes: ownLimit(shape.storageBytes),
        privateRepositories: ownLimit(shape.privateRepositories),
        members: ownLimit(shape.members),
        robots: ownLimit(shape.robots),
        layerBytes: ownLimit(shape.layerBytes),
      })
      .optional(),
  })
  .refine((quota) => Object.keys(quota).length > 0, 'name a plan or a limit')
  .refine(
    ({ storageLimitBytes, limits }) => storageLimitBytes === undefined || limits?.storageBytes === undefined,
    'storageLimitBytes and limits.storageBytes are the same: give one',
  );
export type PutQuota = z.infer<typeof putQuotaSchema>;
