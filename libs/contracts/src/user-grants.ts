import { z } from 'zod';
import { accessGrantSchema, accessGrantsSchema } from './access-grants.js';
import { roleSchema } from './names.js';

/** `GET /namespaces/{namespace}/grants`: somebody who holds rights on single repositories or prefixes. */
export const userGrantsSchema = z.object({ username: z.string(), grants: z.array(accessGrantSchema) });
export type UserGrants = z.infer<typeof userGrantsSchema>;

/** `PUT /namespaces/{namespace}/grants/{username}` replaces all; an empty list ends them. */
export const putUserGrantsSchema = z.strictObject({ grants: accessGrantsSchema });
export type PutUserGrants = z.infer<typeof putUserGrantsSchema>;

/** `GET …/repositories/{repository}/access`: somebody who reaches it by a role or a grant, and by which. */
export const repositoryAccessSchema = z.object({
  username: z.string(),
  role: roleSchema.nullable(),
  grants: z.array(accessGrantSchema),
});
export type RepositoryAccess = z.infer<typeof repositoryAccessSchema>;
