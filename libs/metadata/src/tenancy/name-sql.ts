/**
 * SQL: the id of the namespace that has the name now, or had it before it was renamed; NULL for a name of nobody's. The
 * argument is an expression, as in all of this file.
 */
export function namedNamespace(name: string): string {
  return `(SELECT namespace_id FROM namespace_name WHERE name = ${name})`;
}

/**
 * SQL: the id of the repository that goes by the name, now, before its namespace was renamed, or before it was transferred;
 * NULL for a name that leads nowhere. What is in the trash has no name that anybody could ask for; only an old one of a
 * transfer may still point at it. Postgres asks the second question only when the first one finds nothing, so that a
 * present name costs what it did without old ones.
 */
export function namedRepository(name: string): string {
  return `COALESCE((SELECT id FROM repository WHERE name = ${name}), (
    SELECT COALESCE(present.id, target.id)
    FROM namespace_name owner
    LEFT JOIN repository present ON present.namespace_id = owner.namespace_id AND present.path = ${pathOf(name)}
    LEFT JOIN repository_alias moved ON moved.namespace_id = owner.namespace_id AND moved.path = ${pathOf(name)}
    LEFT JOIN repository target ON target.id = moved.repository_id AND target.deleted_at IS NULL
    WHERE owner.name = split_part(${name}, '/', 1)))`;
}

/** SQL: a repository's name without its namespace. */
export function pathOf(name: string): string {
  return `substr(${name}, strpos(${name}, '/') + 1)`;
}
