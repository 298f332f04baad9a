import { randomUUID } from 'node:crypto';
import { SecretSeal } from '@stowage/auth';
import { type Database, type QueuedMail, SettingStore } from '@stowage/metadata';
import { hasLink, isLetterName, type Letter, LETTERS, type LinkLetterName } from './letters.js';
import { type Message, toMessage } from './message.js';

const SEALING_KEY = 'mail.sealing-key';
/** Nobody wants to read later that something has happened. */
const NOTICE_LIFETIME_SECONDS = 24 * 60 * 60;

/** A letter as it waits: what is needed to write it and to know its link. */
export type WaitingMail = Pick<QueuedMail, 'id' | 'template' | 'facts' | 'sealedSecret'>;

/** A letter of a template that this version does not know: a newer one has written it. */
export class UnknownLetterError extends Error {
  override name = 'UnknownLetterError';

  constructor(readonly template: string) {
    super(`no letter is called ${template}; run a version that has it`);
  }
}

/** Writes letters. What waits holds its secret in sealed form; the links are on the public URL and nowhere else. */
export class Mailroom {
  constructor(
    private readonly seal: SecretSeal,
    private readonly publicUrl: URL,
  ) {}

  /** With the key that all processes on this database share; the first one makes it. */
  static async open(database: Database, publicUrl: URL): Promise<Mailroom> {
    const key = await new SettingStore(database).findOrCreate(SEALING_KEY, () => SecretSeal.generateKey());
    return new Mailroom(new SecretSeal(key), publicUrl);
  }

  /** For `queueMail`, in the transaction of the change that the letter is about. */
  prepare({ template, recipient, facts, link }: Letter): QueuedMail {
    const id = randomUUID();
    return {
      id,
      recipient,
      template,
      facts,
      sealedSecret: link ? this.seal.seal(link.secret, id) : null,
      reference: link?.reference ?? null,
      lifetimeSeconds: link?.lifetimeSeconds ?? NOTICE_LIFETIME_SECONDS,
    };
  }

  /** A page that a letter names without a secret. */
  page(path: string): URL {
    return new URL(path, this.publicUrl);
  }

  /** Where a letter's link leads. The secret is behind the `#`: no server, proxy or `Referer` gets to see it. */
  link(template: LinkLetterName, secret: string): URL {
    const link = new URL(LETTERS[template].linkPath, this.publicUrl);
    link.hash = secret;
    return link;
  }

  /** The link of a letter that waits; undefined for a notice. Throws UnknownLetterError, and SealBrokenError. */
  linkOf(mail: WaitingMail): URL | undefined {
    if (!isLetterName(mail.template)) throw new UnknownLetterError(mail.template);
    if (mail.sealedSecret === null || !hasLink(mail.template)) return undefined;
    return this.link(mail.template, this.seal.open(mail.sealedSecret, mail.id));
  }

  /** The whole letter. Throws as `linkOf` does. */
  write(mail: WaitingMail): Message {
    if (!isLetterName(mail.template)) throw new UnknownLetterError(mail.template);
    return toMessage(LETTERS[mail.template].write(mail.facts), { publicUrl: this.publicUrl, link: this.linkOf(mail) });
  }
}
