import type { AuditVerification } from '@stowage/contracts';

const WHAT = {
  'event changed': 'was changed after it was sealed',
  'event missing': 'was sealed and is gone',
  'event added': 'was put in later',
  'seal changed': 'is not what it was',
  'seal missing': 'is gone',
} as const;

/** What came out of a verification, as a sentence. */
export function verdictOf({ firstBreak, sealedEvents, redactedEvents }: AuditVerification): string {
  if (firstBreak) {
    const { what, eventId, sequence } = firstBreak;
    const where = eventId === null ? `Seal ${sequence}` : `Event ${eventId}`;
    return `${where} ${WHAT[what]}. It is the first place that does not fit; what comes after it proves nothing.`;
  }
  const events =
    sealedEvents === 1 ? 'The one sealed event is as it was' : `All ${sealedEvents} sealed events are as they were`;
  const redacted = redactedEvents > 0 ? ` Names were removed from ${redactedEvents} on purpose.` : '';
  return `${events} written.${redacted}`;
}
