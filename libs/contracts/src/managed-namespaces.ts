import { z } from 'zod';
import { timestampSchema } from './names.js';
import { pageQuerySchema } from './page.js';
import { LIMIT_NAMES, limitsSchema } from './plans.js';
import { usageSummarySchema } from './usage.js';

/** A namespace as an administrator sees one: how large it is and whom to ask, nothing of what it holds. */
export const managedNamespaceSchema = usageSummarySchema.extend({
  name: z.string(),
  displayName: z.string(),
  kind: z.enum(['personal', 'organization']),
  plan: z.string(),
  /** Those that count: the namespace's own, else the plan's. */
  limits: limitsSchema,
  /** The limits that are the namespace's own. */
  ownLimits: z.array(z.enum(LIMIT_NAMES)),
  repositoryCount: z.number().int(),
  privateRepositoryCount: z.number().int(),
  robotCount: z.number().int(),
  memberCount: z.number().int(),
  /** Three of them at most, by name. */
  owners: z.array(z.string()),
  createdAt: timestampSchema,
});
export type ManagedNamespace = z.infer<typeof managedNamespaceSchema>;

/** `GET /admin/namespaces`: those whose name contains `search`, by name. */
export const managedNamespaceQuerySchema = pageQuerySchema.extend({ search: z.string().trim().max(100).default('') });
export type ManagedNamespaceQuery = z.infer<typeof managedNamespaceQuerySchema>;
