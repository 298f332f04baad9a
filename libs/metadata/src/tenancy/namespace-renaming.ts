import type { NamespaceName } from '@stowage/oci';
import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database, Db } from '../database.js';
import { naming } from './namespace-names.js';

interface NamespaceRef {
  readonly id: string;
  readonly name: string;
}

/** An old name that still leads somewhere: of the namespace, or of a repository that was transferred out of it. */
export interface AliasRecord {
  readonly name: string;
  readonly kind: 'namespace' | 'repository';
}

/** So many old names a namespace keeps: names are for everybody. */
export const MAX_OLD_NAMES = 5;

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
        const others = await tx.namespaceName.count({ where: { namespaceId: namespace.id, name: { not: name } } });
        if (others > MAX_OLD_NAMES) return 'too many old names';
        await tx.$executeRaw`
          UPDATE namespace SET name = ${name}, display_name = CASE display_name WHEN ${was.name} THEN ${name} ELSE display_name END
          WHERE id = ${namespace.id}::uuid`;
        await tx.$executeRaw`
          UPDATE repository SET name = ${name} || '/' || path
          WHERE namespace_id = ${namespace.id}::uuid AND deleted_at IS NULL`;
        await renameInTokens(tx, was.name, name);
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

/** What tokens are limited to keeps its meaning: they are made for repositories and not for what these are called. */
async function renameInTokens(tx: Db, from: string, to: string): Promise<void> {
  const [prefix, next] = [`${from}/`, `${to}/`];
  await tx.$executeRaw`
    UPDATE access_token t SET grants = (
      SELECT jsonb_agg(CASE WHEN starts_with(g.value ->> 'repository', ${prefix})
        THEN jsonb_set(g.value, '{repository}', to_jsonb(${next} || substr(g.value ->> 'repository', length(${prefix}) + 1)))
        ELSE g.value END ORDER BY g.ordinality)
      FROM jsonb_array_elements(t.grants) WITH ORDINALITY g)
    WHERE jsonb_typeof(t.grants) = 'array' AND EXISTS (
      SELECT 1 FROM jsonb_array_elements(t.grants) g WHERE starts_with(g ->> 'repository', ${prefix}))`;
}
