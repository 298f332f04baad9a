import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database } from '../database.js';
import type { ClaimedMail } from './mail-queue.js';

/** A link that has not reached its recipient: without its secret. */
export interface PendingLinkRecord {
  readonly id: string;
  readonly recipient: string;
  readonly template: string;
  readonly facts: Record<string, unknown>;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** How often the mail server was tried; 0 also where there is none. */
  readonly attempts: number;
  readonly failure: string | null;
  /** Where the page after this one begins. */
  readonly position: string;
}

export interface PendingLinkPage {
  /** The position of the last one on the page before. */
  readonly before: string | null;
  readonly limit: number;
}

/** Cross-tenant, for administrators of the whole registry: the links in letters that were not sent. */
export class PendingLinks {
  constructor(private readonly database: Database) {}

  /** The newest first. */
  async list({ before, limit }: PendingLinkPage): Promise<PendingLinkRecord[]> {
    return this.database.prepared<PendingLinkRecord>(
      'pending_link_list',
      `SELECT id, recipient, template, facts, created_at AS "createdAt", expires_at AS "expiresAt", attempts, failure,
              created_at::text || '/' || id AS position
       FROM mail WHERE sealed_secret IS NOT NULL AND expires_at > now()
         AND ($1::timestamptz IS NULL OR (created_at, id) < ($1, $2::uuid))
       ORDER BY created_at DESC, id DESC LIMIT $3`,
      [before?.split('/')[0] ?? null, before?.split('/')[1] ?? null, limit],
    );
  }

  /** The letter with its sealed secret, for one who may see it: the audit row says who did. Undefined: there is none. */
  async reveal(id: string, actor: Actor): Promise<ClaimedMail | undefined> {
    return this.database.transaction(async (tx) => {
      const [mail] = await tx.$queryRaw<ClaimedMail[]>`
        SELECT id, recipient, template, facts, sealed_secret AS "sealedSecret" FROM mail
        WHERE id = ${id}::uuid AND sealed_secret IS NOT NULL AND expires_at > now()`;
      if (!mail) return undefined;
      const detail = { letter: mail.template };
      await recordAudit(tx, { actor, action: 'link.reveal', namespaceId: null, target: mail.recipient, detail });
      return mail;
    });
  }
}
