import { z } from 'zod';
import { namespaceNameSchema, roleSchema } from './names.js';

/** `POST /account/username` → 200 and the session. */
export const renameAccountSchema = z.strictObject({ username: namespaceNameSchema });
export type RenameAccount = z.infer<typeof renameAccountSchema>;

/** `POST /account/organization` → 200 and the session. */
export const convertAccountSchema = z.strictObject({
  /** What the account is called from now on; the organisation keeps its name. */
  username: namespaceNameSchema,
  /** Other people, who own the organisation from now on. */
  owners: z.array(namespaceNameSchema).min(1, 'name somebody else').max(20, 'at most 20 people'),
  /** Of the account itself; null when it leaves. */
  role: roleSchema.nullable(),
});
export type ConvertAccount = z.infer<typeof convertAccountSchema>;
