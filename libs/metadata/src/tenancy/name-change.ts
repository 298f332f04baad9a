import type { NamespaceName } from '@stowage/oci';
import type { Db } from '../database.js';

export interface NamespaceRef {
  readonly id: string;
  readonly name: string;
}

/** So many old names a namespace keeps: names are for everybody. */
export const MAX_OLD_NAMES = 5;

/**
 * Gives a namespace, whose row the transaction has locked, another name; the old one leads to it (T9). Repositories and the
 * limits of access tokens go along. False, and nothing has happened, when it would have too many old names.
 */
export async function giveName(tx: Db, was: NamespaceRef, name: NamespaceName): Promise<boolean> {
  const others = await tx.namespaceName.count({ where: { namespaceId: was.id, name: { not: name } } });
  if (others > MAX_OLD_NAMES) return false;
  await tx.$executeRaw`
    UPDATE namespace SET name = ${name}, display_name = CASE display_name WHEN ${was.name} THEN ${name} ELSE display_name END
    WHERE id = ${was.id}::uuid`;
  await tx.$executeRaw`
    UPDATE repository SET name = ${name} || '/' || path
    WHERE namespace_id = ${was.id}::uuid AND deleted_at IS NULL`;
  await renameInTokens(tx, was.name, name);
  return true;
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
