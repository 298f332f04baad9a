import { defineJob, type Job } from '@stowage/jobs';
import type { AuditSeals } from '@stowage/metadata';
import { z } from 'zod';

/** Until it is sealed, a row can be changed without a trace. */
const EVERY_SECONDS = 15;

/** Takes new rows of the audit log into its chain. */
export function sealAudit(seals: AuditSeals): Job {
  return defineJob({
    name: 'seal-audit',
    payload: z.object({}),
    schedule: { everySeconds: EVERY_SECONDS },
    maxAttempts: 5,
    run: async (_payload, { signal }) => void (await seals.seal(signal)),
  });
}
