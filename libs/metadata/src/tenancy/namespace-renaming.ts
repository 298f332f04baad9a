import type { NamespaceName } from '@stowage/oci';
import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database } from '../database.js';
import { giveName, type NamespaceRef } from './name-change.js';
import { naming } from './namespace-names.js';

/** An old name that still leads somewhere: of the namespace, or of a repository that was transferred out of it. */
export interface AliasRecord {
  readonly name: string;
  readonly kind: 'namespace' | 'repository';
}

/** The names of a namespace: the present one and those that lead to it (T9). */
export class NamespaceRenaming {
  constructor(private readonly database: Database) {}

  /**
   * Gives the namespace another name; the old one leads to it until it is given up. Repositories, and the limits of access
   * tokens that name them, go along in the same transaction. Throws `NamespaceNameTakenError`.
   */
  async rename(
    namespace: NamespaceRef,
    name: NamespaceName,
    actor: Actor,
  ): Promise<'renamed' | 'personal' | 'too many old names'> {
    return naming(this.database, name, () =>
      this.database.transaction(async (tx) => {
        // Whoever makes a repository holds this row as well, so that none is made under the old name meanwhile.
        const [was] = await tx.$queryRaw<{ name: string; isPersonal: boolean }[]>`
          SELECT name, kind = 'personal' AS "isPersonal" FROM namespace
          WHERE id = ${namespace.id}::uuid AND deleted_at IS NULL FOR UPDATE`;
        if (!was || was.name === name) return 'renamed';
        if (was.isPersonal) return 'personal';
        if (!(await giveName(tx, { id: namespace.id, name: was.name }, name))) return 'too many old names';
        const detail = { before: { name: was.name }, after: { name } };
        await recordAudit(tx, { actor, action: 'namespace.rename', namespaceId: namespace.id, target: name, detail });
        return 'renamed';
      }),
    );
  }

  async aliases(namespaceId: string): Promise<AliasRecord[]> {
    return this.database.prepared<AliasRecord>(
      'namespace_aliases',
      `SELECT o.name, 'namespace' AS kind FROM namespace_name o JOIN namespace n ON n.id = o.namespace_id
       WHERE n.id = $1 AND o.name <> n.name
       UNION ALL
       SELECT n.name || '/' || a.path, 'repository' FROM repository_alias a JOIN namespace n ON n.id = a.namespace_id
       WHERE n.id = $1
       ORDER BY 2, 1`,
      [namespaceId],
    );
  }

  /**
   * The old name leads nowhere from now on. That of a namespace is nobody's for 90 days, that of a repository may be used
   * again at once, in this namespace. False when there is no such old name.
   */
  async giveUp(namespace: NamespaceRef, alias: string, actor: Actor): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const prefix = `${namespace.name}/`;
      const gone = alias.startsWith(prefix)
        ? await tx.$executeRaw`
            DELETE FROM repository_alias
            WHERE namespace_id = ${namespace.id}::uuid AND path = ${alias.slice(prefix.length)}`
        : await tx.$executeRaw`
            UPDATE namespace_name SET namespace_id = NULL, held_until = now() + interval '90 days'
            WHERE namespace_id = ${namespace.id}::uuid AND name = ${alias}
              AND name <> (SELECT name FROM namespace WHERE id = ${namespace.id}::uuid FOR SHARE)`;
      if (gone === 0) return false;
      const detail = { leadTo: namespace.name };
      await recordAudit(tx, { actor, action: 'alias.delete', namespaceId: namespace.id, target: alias, detail });
      return true;
    });
  }
}
