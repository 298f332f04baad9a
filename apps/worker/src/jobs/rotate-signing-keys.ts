import { defineJob, type Job } from '@stowage/jobs';
import type { SigningKeyRotation } from '@stowage/metadata';
import { z } from 'zod';

/** The longest period that is looked at more seldom is as good; a short one is for tests. */
function everySeconds(periodSeconds: number): number {
  return Math.max(1, Math.min(60, periodSeconds / 4));
}

/** Keeps a next key published, so that keys follow one another by their times, and forgets keys that are over. */
export function rotateSigningKeys(rotation: SigningKeyRotation, periodSeconds: number): Job {
  return defineJob({
    name: 'rotate-signing-keys',
    payload: z.object({}),
    schedule: { everySeconds: everySeconds(periodSeconds) },
    maxAttempts: 5,
    run: async () => rotation.ensure(),
  });
}
