import { defineJob, type Job } from '@stowage/jobs';
import { Delivery, type DeliveryOptions } from '@stowage/mail';
import { z } from 'zod';

/** A person looks for the letter right after the click. */
const EVERY_SECONDS = 3;

/**
 * Looks for letters that are due and sends them. They wait in a table of their own, not in the queue: a letter whose worker
 * died is due again after half a minute there, and a link that works for 30 minutes can't wait longer.
 */
export function sendMail(post: Omit<DeliveryOptions, 'onFailure'>): Job {
  return defineJob({
    name: 'send-mail',
    payload: z.object({}),
    schedule: { everySeconds: EVERY_SECONDS },
    maxAttempts: 5,
    run: async (_payload, { signal, logger }) => {
      const onFailure: DeliveryOptions['onFailure'] = (mail, { code, isFinal }) =>
        logger.warn({ mail, code, isFinal }, 'a letter could not be sent; its link is among the pending links');
      const sent = await new Delivery({ ...post, onFailure }).run(signal);
      if (sent > 0) logger.info({ sent }, 'mail sent');
    },
  });
}
