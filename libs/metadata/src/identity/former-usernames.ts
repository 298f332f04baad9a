import { isNamespaceName } from '@stowage/oci';
import type { Database, Db } from '../database.js';

/**
 * What people were called before. Clients that keep the old name with an access token sign in by it until the name is
 * somebody else's: taking it again renews its row in `namespace_name`, and nobody can while it leads to a namespace, nor in
 * the 90 days after that.
 */
export class FormerUsernames {
  constructor(private readonly database: Database) {}

  /** Whether the user was called so, and nobody has been since. The name may be anything that somebody typed. */
  async isOf(userId: string, username: string): Promise<boolean> {
    if (!isNamespaceName(username)) return false;
    const rows = await this.database.prepared(
      'former_username_is_of',
      `SELECT 1 FROM former_username f WHERE f.user_id = $1 AND f.username = $2
         AND NOT EXISTS (SELECT 1 FROM namespace_name n WHERE n.name = f.username AND n.since > f.until)`,
      [userId, username],
    );
    return rows.length > 0;
  }
}

/** The user has had the name until now. */
export async function rememberUsername(tx: Db, userId: string, username: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO former_username (user_id, username) VALUES (${userId}::uuid, ${username})
    ON CONFLICT (user_id, username) DO UPDATE SET until = now()`;
}

/** Names of the person that are no namespace's of somebody else by now: an organisation keeps what it is called. */
export async function formerNamesOf(tx: Db, userId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ username: string }[]>`
    SELECT f.username FROM former_username f WHERE f.user_id = ${userId}::uuid AND NOT EXISTS (
      SELECT 1 FROM namespace_name n JOIN namespace s ON s.id = n.namespace_id
      WHERE n.name = f.username AND (s.kind = 'organization' OR n.since > f.until))
    ORDER BY f.username`;
  return rows.map(({ username }) => username);
}
