import { z } from 'zod';
import { timestampSchema } from './names.js';

/** The newest seal: kept elsewhere, it proves later that nothing before it has changed. */
export const auditChainHeadSchema = z.object({
  sequence: z.number().int(),
  /** SHA-256, hexadecimal. */
  root: z.string(),
  sealedAt: timestampSchema,
});
export type AuditChainHead = z.infer<typeof auditChainHeadSchema>;

/** `GET /admin/audit-chain`. */
export const auditChainSchema = z.object({
  /** Null until the first seal, seconds after the first start. */
  head: auditChainHeadSchema.nullable(),
  sealedEvents: z.number().int(),
  /** Written since the newest seal; the next one takes them. */
  openEvents: z.number().int(),
});
export type AuditChain = z.infer<typeof auditChainSchema>;

/** `GET /admin/audit-chain/verification`: with a head that was kept elsewhere, it has to be part of the chain. */
export const auditVerificationQuerySchema = z
  .strictObject({
    sequence: z.coerce.number().int().min(1).optional(),
    root: z
      .string()
      .regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits')
      .optional(),
  })
  .refine(({ sequence, root }) => (sequence === undefined) === (root === undefined), 'sequence and root go together');
export type AuditVerificationQuery = z.infer<typeof auditVerificationQuerySchema>;

export const AUDIT_BREAKS = ['event changed', 'event missing', 'event added', 'seal changed', 'seal missing'] as const;

export const auditVerificationSchema = auditChainSchema.extend({
  /** Events that were changed on purpose, and said so: names that had to be forgotten. */
  redactedEvents: z.number().int(),
  /** The first place where the log is not what was sealed; null: it is whole. */
  firstBreak: z
    .object({
      what: z.enum(AUDIT_BREAKS),
      /** Null for an event that was never sealed. */
      sequence: z.number().int().nullable(),
      /** Null when it is the seal itself. */
      eventId: z.string().nullable(),
    })
    .nullable(),
});
export type AuditVerification = z.infer<typeof auditVerificationSchema>;
