import { z } from 'zod';
import { namespaceNameSchema, timestampSchema } from './names.js';

/** `POST /namespaces/{namespace}/rename`. */
export const renameNamespaceSchema = z.strictObject({ name: namespaceNameSchema });
export type RenameNamespace = z.infer<typeof renameNamespaceSchema>;

/** An old name that still leads somewhere: of the namespace, or of a repository that was transferred out of it. */
export const aliasSchema = z.object({ name: z.string(), kind: z.enum(['namespace', 'repository']) });
export type Alias = z.infer<typeof aliasSchema>;

/** `POST …/repositories/{repository}/transfer`: to which namespace; one of its owners has to accept. */
export const requestTransferSchema = z.strictObject({ to: namespaceNameSchema });
export type RequestTransfer = z.infer<typeof requestTransferSchema>;

export const transferSchema = z.object({
  id: z.uuid(),
  /** `namespace/name`, as it is called now. */
  repository: z.string(),
  from: z.string(),
  to: z.string(),
  requestedBy: z.string().nullable(),
  createdAt: timestampSchema,
  expiresAt: timestampSchema,
  /** What the new namespace would store besides what it stores already. */
  sizeBytes: z.number().int(),
});
export type Transfer = z.infer<typeof transferSchema>;

/** `POST …/transfers/{id}/accept`: where the repository is now. */
export const acceptedTransferSchema = z.object({ namespace: z.string(), name: z.string() });
export type AcceptedTransfer = z.infer<typeof acceptedTransferSchema>;
