import type { Database } from '../database.js';
import { networkOf } from './network.js';

const KNOWN_DAYS = 90;
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** A row a day and network at most. A user who is gone in the meantime has no networks. */
const NOTE = `
  INSERT INTO sign_in_network AS n (user_id, network) SELECT id, $2 FROM app_user WHERE id = $1
  ON CONFLICT (user_id, network) DO UPDATE SET last_at = now() WHERE n.last_at < now() - interval '1 day'`;

/** From where users have proved that they are who they say. */
export class SignInNetworks {
  constructor(private readonly database: Database) {}

  async note(userId: string, address: string): Promise<void> {
    await this.database.changed('sign_in_network_note', NOTE, [userId, networkOf(address)]);
  }

  /** Whether this user has signed in from there within 90 days. Asks the same of Postgres when there is no such user. */
  async isKnown(userId: string | undefined, address: string): Promise<boolean> {
    const rows = await this.database.prepared(
      'sign_in_network_known',
      `SELECT 1 FROM sign_in_network
       WHERE user_id = $1 AND network = $2 AND last_at > now() - make_interval(days => ${KNOWN_DAYS})`,
      [userId ?? NOBODY, networkOf(address)],
    );
    return rows.length > 0;
  }

  /** Cross-tenant, for the expiry job. Returns how many were removed. */
  async deleteForgotten(): Promise<number> {
    return this.database.run(
      (db) => db.$executeRaw`
        DELETE FROM sign_in_network WHERE last_at < now() - make_interval(days => ${KNOWN_DAYS}::int)`,
    );
  }
}
