import { randomBytes } from 'node:crypto';
import { type Database, SettingStore } from '@stowage/metadata';

/** What signs the session cookies: made once, kept in Postgres, the same in every replica. */
export async function loadCookieSecret(database: Database): Promise<string> {
  return new SettingStore(database).findOrCreate('session.cookie-secret', () => randomBytes(48).toString('base64url'));
}
