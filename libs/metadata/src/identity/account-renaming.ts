import type { NamespaceName } from '@stowage/oci';
import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database } from '../database.js';
import { giveName } from '../tenancy/name-change.js';
import { naming } from '../tenancy/namespace-names.js';
import { rememberUsername } from './former-usernames.js';
import { lockOwnAccount } from './own-account.js';

export interface AccountRenaming {
  readonly userId: string;
  readonly username: NamespaceName;
  readonly actor: Actor;
}

export type AccountRenamingOutcome = 'renamed' | 'too many old names' | 'gone';

/**
 * Gives somebody another username, and the personal namespace with it: the old name leads there as after the rename of any
 * namespace (T9, T11), so that it is nobody else's, and goes on as a name to sign in with by access token. Sessions and
 * credentials are the person's and stay. Throws `NamespaceNameTakenError`.
 */
export async function renameAccount(
  database: Database,
  { userId, username, actor }: AccountRenaming,
): Promise<AccountRenamingOutcome> {
  return naming(database, username, () =>
    database.transaction(async (tx) => {
      const own = await lockOwnAccount(tx, userId);
      if (!own) return 'gone';
      if (own.username === username) return 'renamed';
      const { namespaceId } = own;
      if (!(await giveName(tx, { id: namespaceId, name: own.username }, username))) return 'too many old names';
      await rememberUsername(tx, userId, own.username);
      await tx.user.update({ where: { id: userId }, data: { username }, select: { id: true } });
      const detail = { before: { username: own.username }, after: { username } };
      await recordAudit(tx, { actor, action: 'user.rename', namespaceId, target: username, detail });
      return 'renamed';
    }),
  );
}
