import { z } from 'zod';
import { timestampSchema } from './names.js';
import { usageSchema } from './namespaces.js';
import { pageQuerySchema } from './page.js';

/** A namespace as an administrator sees one: how large it is and whom to ask, nothing of what it holds. */
export const managedNamespaceSchema = usageSchema.extend({
  name: z.string(),
  displayName: z.string(),
  kind: z.enum(['personal', 'organization']),
  repositoryCount: z.number().int(),
  memberCount: z.number().int(),
  /** Three of them at most, by name. */
  owners: z.array(z.string()),
  createdAt: timestampSchema,
});
export type ManagedNamespace = z.infer<typeof managedNamespaceSchema>;

/** `GET /admin/namespaces`: those whose name contains `search`, by name. */
export const managedNamespaceQuerySchema = pageQuerySchema.extend({ search: z.string().trim().max(100).default('') });
export type ManagedNamespaceQuery = z.infer<typeof managedNamespaceQuerySchema>;

/** `PUT /admin/namespaces/{namespace}/quota`. Less than is used: pushes are refused until there is room, pulls go on. */
export const putQuotaSchema = z.strictObject({
  storageLimitBytes: z.number().int('whole bytes').min(0, 'not below zero').max(Number.MAX_SAFE_INTEGER),
});
export type PutQuota = z.infer<typeof putQuotaSchema>;
