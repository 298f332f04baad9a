import { createHash } from 'node:crypto';
import {
  type Legal,
  type LegalNotice,
  legalSchema,
  NO_LEGAL,
  SIGN_UP_MODES,
  type SignUpMode,
} from '@stowage/contracts';
import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database, Db } from '../database.js';

/** What administrators decide while the registry runs. */
export interface RegistrySettingsRecord {
  /** Who may make an account; null: nobody has said it, so the environment does. */
  readonly signUp: SignUpMode | null;
  readonly legal: Legal;
}

/** Absent fields stay as they are. */
export type RegistrySettingsChange = Partial<RegistrySettingsRecord>;

interface SettingRow {
  readonly name: string;
  readonly value: unknown;
}

const NAMES = { signUp: 'sign-up.mode', legal: 'legal' } as const;
const FIND = 'SELECT name, value FROM setting WHERE name = ANY($1)';

/** Cross-tenant: the settings of the whole registry, the same in every process at once. */
export class RegistrySettings {
  constructor(private readonly database: Database) {}

  async find(): Promise<RegistrySettingsRecord> {
    return toSettings(await this.database.prepared<SettingRow>('registry_settings', FIND, [Object.values(NAMES)]));
  }

  /**
   * One transaction with an audit row for each setting that is another one now. `precondition` sees what is there under the
   * lock; what it throws is thrown on, and nothing has changed.
   */
  async put(
    change: RegistrySettingsChange,
    actor: Actor,
    precondition?: (was: RegistrySettingsRecord) => void,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('registry-settings', 0))`;
      const rows = await tx.setting.findMany({ where: { name: { in: Object.values(NAMES) } } });
      const was = toSettings(rows);
      precondition?.(was);
      if (change.signUp !== undefined) await putSignUp(tx, { was: was.signUp, is: change.signUp, actor });
      if (change.legal !== undefined) await putLegal(tx, { was: was.legal, is: change.legal, actor });
    });
  }
}

function toSettings(rows: readonly SettingRow[]): RegistrySettingsRecord {
  const values = new Map(rows.map(({ name, value }) => [name, value]));
  const legal = legalSchema.safeParse(values.get(NAMES.legal));
  return {
    signUp: SIGN_UP_MODES.find((mode) => mode === values.get(NAMES.signUp)) ?? null,
    legal: legal.success ? legal.data : NO_LEGAL,
  };
}

interface Change<T> {
  readonly was: T;
  readonly is: T;
  readonly actor: Actor;
}

async function putSignUp(tx: Db, { was, is, actor }: Change<SignUpMode | null>): Promise<void> {
  if (was === is) return;
  if (is === null) await tx.setting.deleteMany({ where: { name: NAMES.signUp } });
  else await upsert(tx, NAMES.signUp, is);
  const detail = { before: { mode: was ?? 'environment' }, after: { mode: is ?? 'environment' } };
  await recordAudit(tx, { actor, action: 'setting.sign-up', namespaceId: null, target: 'sign-up', detail });
}

async function putLegal(tx: Db, { was, is, actor }: Change<Legal>): Promise<void> {
  const [before, after] = [inWords(was), inWords(is)];
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  await upsert(tx, NAMES.legal, is);
  await recordAudit(tx, {
    actor,
    action: 'setting.legal',
    namespaceId: null,
    target: 'legal notices',
    detail: { before, after },
  });
}

async function upsert(tx: Db, name: string, value: SignUpMode | Legal): Promise<void> {
  await tx.setting.upsert({ where: { name }, create: { name, value }, update: { value } });
}

/** As an audit row has it: each thing in one line, long texts by what tells them apart. */
function inWords({ terms, privacy, abuseContact, statusPage, security }: Legal) {
  return {
    terms: terms && `${terms.version}: ${noticeInWords(terms.notice)}`,
    privacy: privacy && noticeInWords(privacy),
    abuseContact,
    statusPage,
    securityContacts: security?.contacts.join(', ') ?? null,
    securityExpiresAt: security?.expiresAt ?? null,
    securityPolicy: security?.policy ?? null,
  };
}

/** A text may be long; its digest tells it from any other. */
function noticeInWords(notice: LegalNotice): string {
  if (notice.kind === 'link') return notice.url;
  const digest = createHash('sha256').update(notice.text).digest('hex').slice(0, 12);
  return `a text of ${notice.text.length} characters (${digest})`;
}
