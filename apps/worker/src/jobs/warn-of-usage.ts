import { defineJob, type Job } from '@stowage/jobs';
import { formatBytes } from '@stowage/distribution';
import type { Mailroom } from '@stowage/mail';
import { announceThresholds, type Database, queueMail } from '@stowage/metadata';
import { z } from 'zod';

const EVERY_SECONDS = 60;

/** A letter to the owners of a namespace that has come to a threshold: once, until its usage has fallen below it again. */
export function warnOfUsage(database: Database, mailroom: Mailroom): Job {
  return defineJob({
    name: 'warn-of-usage',
    payload: z.object({}),
    schedule: { everySeconds: EVERY_SECONDS },
    maxAttempts: 5,
    run: async () => {
      const warned = await announceThresholds(database, async (tx, crossing) => {
        const { namespace, percent, owners } = crossing;
        const used = formatBytes(crossing.usedBytes);
        const limit = formatBytes(crossing.limitBytes);
        const page = mailroom.page(`/n/${namespace}/usage`).href;
        const facts = { namespace, percent, used, limit, page };
        for (const { email } of owners)
          await queueMail(tx, mailroom.prepare({ template: 'namespace-filling-up', recipient: email, facts }));
      });
      return { warned };
    },
  });
}
