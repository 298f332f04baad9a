import { z } from 'zod';
import { namespaceNameSchema, roleSchema, timestampSchema, visibilitySchema } from './names.js';

export const namespaceSchema = z.object({
  name: z.string(),
  displayName: z.string(),
  kind: z.enum(['personal', 'organization']),
  /** Of repositories that are made without one, as a first push makes them. */
  defaultVisibility: visibilitySchema,
  /** False: a push to a repository that is not there is refused. */
  createsOnPush: z.boolean(),
  /** The caller's role; null for somebody who only sees public repositories in it. */
  role: roleSchema.nullable(),
  repositoryCount: z.number().int(),
  memberCount: z.number().int(),
  createdAt: timestampSchema,
});
export type Namespace = z.infer<typeof namespaceSchema>;

export const createNamespaceSchema = z.strictObject({
  name: namespaceNameSchema,
  displayName: z.string().trim().max(100).optional(),
});
export type CreateNamespace = z.infer<typeof createNamespaceSchema>;

/** `PATCH /namespaces/{namespace}`; what is absent stays as it is. */
export const updateNamespaceSchema = z.strictObject({
  displayName: z.string().trim().min(1, 'give it a name').max(100).optional(),
  defaultVisibility: visibilitySchema.optional(),
  createsOnPush: z.boolean().optional(),
});
export type UpdateNamespace = z.infer<typeof updateNamespaceSchema>;

export const memberSchema = z.object({ username: z.string(), role: roleSchema, addedAt: timestampSchema });
export type Member = z.infer<typeof memberSchema>;

/** `PUT /namespaces/{namespace}/members/{username}` adds a member or changes a role. */
export const putMemberSchema = z.strictObject({ role: roleSchema });
export type PutMember = z.infer<typeof putMemberSchema>;
