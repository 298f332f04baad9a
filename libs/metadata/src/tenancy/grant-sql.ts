/** SQL: whether the path of a grant (`app`, `*` or `team/*`) holds a repository's path in the namespace. */
export function holdsPath(pattern: string, path: string): string {
  // The slash before the star belongs to the prefix: `team/*` holds `team/app`, and neither `team` nor `teams/app`.
  return `(CASE WHEN right(${pattern}, 1) = '*' THEN starts_with(${path}, left(${pattern}, -1)) ELSE ${pattern} = ${path} END)`;
}

/** SQL: the actions of a row `g` of `access_grant`, as a JSON array. */
const ACTIONS = `to_jsonb(array_remove(ARRAY[CASE WHEN g.can_pull THEN 'pull' END, CASE WHEN g.can_push THEN 'push' END,
  CASE WHEN g.can_delete THEN 'delete' END], NULL))`;

/** SQL: rows `g` of `access_grant` as `AccessGrant[]`; `namespace` is an expression for the namespace's name. */
export function grantsAsJson(namespace: string): string {
  return `coalesce(jsonb_agg(jsonb_build_object('repository', ${namespace} || '/' || g.path, 'actions', ${ACTIONS})
    ORDER BY g.path), '[]')`;
}

/** SQL: whether a user (an expression, NULL for nobody) was granted to pull the repository `r`. */
export function isGrantedToPull(userId: string): string {
  return `EXISTS (SELECT 1 FROM access_grant g WHERE g.subject_id = ${userId} AND g.subject_kind = 'user'
    AND g.namespace_id = r.namespace_id AND g.can_pull AND ${holdsPath('g.path', 'r.path')})`;
}
