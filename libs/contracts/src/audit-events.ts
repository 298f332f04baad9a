import { z } from 'zod';
import { timestampSchema } from './names.js';
import { pageQuerySchema } from './page.js';
import { principalKindSchema } from './principals.js';

/** Something that was changed or refused: who did it, with what, from where, to what. */
export const auditEventSchema = z.object({
  id: z.string(),
  at: timestampSchema,
  /** `subject.verb`, such as `tag.delete`. */
  action: z.string(),
  /** Null: nobody who has signed in. Work that nobody asked for is `system`. */
  actor: z.string().nullable(),
  /** What the actor is: a user, a robot, or a CI job and its trust rule; null without a principal. */
  actorKind: principalKindSchema.nullable(),
  /** The access token or the secret that was used; null for a session. */
  credentialId: z.uuid().nullable(),
  address: z.string().nullable(),
  /** Null: not about a namespace. */
  namespace: z.string().nullable(),
  /** What was changed, as a person would name it. */
  target: z.string(),
  detail: z.record(z.string(), z.unknown()),
});
export type AuditEvent = z.infer<typeof auditEventSchema>;

/** Each narrows: `action` by its beginning (`tag` is all that happens to tags), `target` by any part of it. */
export const auditFilterSchema = z.strictObject({
  action: z
    .string()
    .regex(/^[a-z-]+(\.[a-z-]*)?$/, 'an action such as tag.delete, or the first word of some')
    .max(60)
    .optional(),
  actor: z.string().min(1).max(63).optional(),
  target: z.string().min(1).max(300).optional(),
  /** Not before; and before. */
  from: timestampSchema.optional(),
  to: timestampSchema.optional(),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;

/** `GET …/audit-events`: the newest first. */
export const auditQuerySchema = pageQuerySchema.extend(auditFilterSchema.shape);
export type AuditQuery = z.infer<typeof auditQuerySchema>;

export const AUDIT_FORMATS = ['csv', 'json'] as const;
export type AuditFormat = (typeof AUDIT_FORMATS)[number];
/** CSV by RFC 4180, or one JSON object a line. */
export const AUDIT_MEDIA_TYPES = ['text/csv', 'application/x-ndjson'] as const;

/** `GET …/audit-events/export`: everything that the filter leaves, as a file. */
export const auditExportSchema = auditFilterSchema.extend({ format: z.enum(AUDIT_FORMATS) });
export type AuditExport = z.infer<typeof auditExportSchema>;
