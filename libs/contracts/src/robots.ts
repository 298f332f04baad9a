import { z } from 'zod';
import { accessGrantSchema, accessGrantsSchema } from './access-grants.js';
import { timestampSchema } from './names.js';

/** How many secrets of a robot live at a time: the one in use, and the one that takes its place. */
export const MAX_ROBOT_SECRETS = 2;

/**
 * The part of a robot's login after `namespace.`. No dot, so that the last one always ends the namespace; nothing that a
 * shell would read as anything but text.
 */
export const robotNameSchema = z
  .string()
  .trim()
  .min(1, 'give it a name')
  .max(63, 'at most 63 characters')
  .regex(/^[a-z0-9]+(?:[_-][a-z0-9]+)*$/, 'lower-case letters and digits, with single "-" or "_" between');

const lastUseShape = {
  /** To the minute. */
  lastUsedAt: timestampSchema.nullable(),
  lastUsedAddress: z.string().nullable(),
};

export const robotSecretSchema = z.object({
  id: z.uuid(),
  /** The first characters, to recognise it by. */
  hint: z.string(),
  createdAt: timestampSchema,
  ...lastUseShape,
});
export type RobotSecret = z.infer<typeof robotSecretSchema>;

export const robotSchema = z.object({
  name: z.string(),
  /** What clients sign in as: `namespace.name`. */
  login: z.string(),
  description: z.string(),
  /** All that it may do, besides pulling what is public. */
  grants: z.array(accessGrantSchema),
  disabledAt: timestampSchema.nullable(),
  /** Null: never. */
  expiresAt: timestampSchema.nullable(),
  createdAt: timestampSchema,
  /** The oldest first. */
  secrets: z.array(robotSecretSchema),
  ...lastUseShape,
});
export type Robot = z.infer<typeof robotSchema>;

const expiresInDays = z.number().int().min(1).max(3650).nullable();
const description = z.string().trim().max(200);

/** `POST …/robots`; `expiresInDays` null means that it never expires. */
export const createRobotSchema = z.strictObject({
  name: robotNameSchema,
  description: description.default(''),
  grants: accessGrantsSchema,
  expiresInDays: expiresInDays.default(365),
});
export type CreateRobot = z.input<typeof createRobotSchema>;

/** `PATCH …/robots/{name}`. Absent fields stay as they are; `expiresInDays` counts from now. */
export const updateRobotSchema = z
  .strictObject({
    description: description.optional(),
    grants: accessGrantsSchema.optional(),
    expiresInDays: expiresInDays.optional(),
    disabled: z.boolean().optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'nothing to change');
export type UpdateRobot = z.infer<typeof updateRobotSchema>;

/** The only answers that ever hold a secret. */
export const createdRobotSchema = robotSchema.extend({ secret: z.string() });
export type CreatedRobot = z.infer<typeof createdRobotSchema>;
export const createdRobotSecretSchema = robotSecretSchema.extend({ secret: z.string() });
export type CreatedRobotSecret = z.infer<typeof createdRobotSecretSchema>;
