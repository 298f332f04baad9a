/**
 * The id of the principal (`kind` and `id` are expressions of SQL) while it may act: not disabled, not expired, not gone.
 * NULL otherwise, and then it holds no role and no grant.
 */
export function activePrincipal(kind: string, id: string): string {
  return `(CASE ${kind}::principal_kind
      WHEN 'user' THEN (SELECT u.id FROM app_user u WHERE u.id = ${id}::uuid AND u.disabled_at IS NULL)
      WHEN 'robot' THEN (SELECT b.id FROM robot b JOIN namespace n ON n.id = b.namespace_id AND n.deleted_at IS NULL
        WHERE b.id = ${id}::uuid AND b.disabled_at IS NULL AND (b.expires_at IS NULL OR b.expires_at > now()))
      WHEN 'rule' THEN (SELECT t.id FROM trust_rule t JOIN namespace n ON n.id = t.namespace_id AND n.deleted_at IS NULL
        WHERE t.id = ${id}::uuid)
    END)`;
}
