import type { ClaimedMail, MailQueue } from '@stowage/metadata';
import type { Mailroom } from './mailroom.js';
import { MailNotSentError, type MailTransport } from './smtp-transport.js';

export interface DeliveryOptions {
  readonly queue: MailQueue;
  readonly mailroom: Mailroom;
  readonly transport: MailTransport;
  /** Told of every attempt that failed; the letter is tried again unless `isFinal`. */
  readonly onFailure: (mail: { readonly id: string; readonly template: string }, failure: MailNotSentError) => void;
}

/** Sends the letters that are due, one after another. Any number of deliveries may run. */
export class Delivery {
  constructor(private readonly options: DeliveryOptions) {}

  /** Returns how many were sent. A letter that can't be sent keeps no other one waiting. */
  async run(signal: AbortSignal): Promise<number> {
    let sent = 0;
    while (!signal.aborted) {
      const mail = await this.options.queue.claim();
      if (!mail) break;
      if (await this.#deliver(mail)) sent += 1;
    }
    return sent;
  }

  async #deliver(mail: ClaimedMail): Promise<boolean> {
    const { queue, mailroom, transport, onFailure } = this.options;
    try {
      await transport.send({ id: mail.id, recipient: mail.recipient, ...mailroom.write(mail) });
    } catch (error) {
      const failure =
        error instanceof MailNotSentError ? error : new MailNotSentError((error as Error)?.name ?? 'unknown', false);
      await queue.failed(mail.id, failure);
      onFailure({ id: mail.id, template: mail.template }, failure);
      return false;
    }
    await queue.delivered(mail.id);
    return true;
  }
}
