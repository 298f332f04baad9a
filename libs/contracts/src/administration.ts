import { z } from 'zod';
import { userSchema } from './accounts.js';
import { timestampSchema } from './names.js';
import { pageQuerySchema } from './page.js';

/** A user as an administrator sees one. */
export const managedUserSchema = userSchema.extend({
  /** Null: may sign in. */
  disabledAt: timestampSchema.nullable(),
  /** Of any access token. */
  lastUsedAt: timestampSchema.nullable(),
  hasSecondFactor: z.boolean(),
});
export type ManagedUser = z.infer<typeof managedUserSchema>;

/** `GET /admin/users`: those whose username or e-mail address contains `search`, by username. */
export const userQuerySchema = pageQuerySchema.extend({ search: z.string().trim().max(100).default('') });
export type UserQuery = z.infer<typeof userQuerySchema>;

/** `PATCH /admin/users/{username}`. Disabled: no session, no token and no password of the user works. */
export const changeUserSchema = z
  .strictObject({ disabled: z.boolean(), isAdmin: z.boolean() })
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'name what to change: disabled or isAdmin');
export type ChangeUser = z.infer<typeof changeUserSchema>;
