import type { Database } from '../database.js';
import type { UserRecord } from './user-store.js';

/** Everything that is kept about a person, but no secret and no hash of one. */
export type ExportedAccount = Readonly<Record<string, unknown>>;

/** One row, one moment: whatever is counted in it belongs together. The person's own audit rows come page by page. */
const EXPORT = `
  SELECT json_build_object(
    'account', (SELECT json_build_object('id', u.id, 'username', u.username, 'email', u.email,
        'emailVerifiedAt', u.email_verified_at, 'isAdministrator', u.is_admin, 'createdAt', u.created_at)
      FROM app_user u WHERE u.id = $1),
    'formerUsernames', (SELECT coalesce(json_agg(json_build_object('username', f.username, 'until', f.until)
        ORDER BY f.until), '[]')
      FROM former_username f WHERE f.user_id = $1),
    'acceptedTerms', (SELECT coalesce(json_agg(json_build_object('version', a.version, 'acceptedAt', a.accepted_at)
        ORDER BY a.accepted_at), '[]')
      FROM terms_acceptance a WHERE a.user_id = $1),
    'sessions', (SELECT coalesce(json_agg(json_build_object('createdAt', s.created_at, 'seenAt', s.seen_at,
        'address', s.address, 'userAgent', s.user_agent) ORDER BY s.created_at), '[]')
      FROM session s WHERE s.user_id = $1),
    'signInNetworks', (SELECT coalesce(json_agg(to_jsonb(n) - 'user_id'), '[]') FROM sign_in_network n WHERE n.user_id = $1),
    'secondFactors', json_build_object(
      'authenticatorApp', (SELECT json_build_object('since', f.created_at) FROM totp_factor f WHERE f.user_id = $1),
      'recoveryCodesLeft', (SELECT count(*) FROM recovery_code c WHERE c.user_id = $1 AND c.used_at IS NULL),
      'passkeys', (SELECT coalesce(json_agg(json_build_object('name', p.name, 'createdAt', p.created_at,
          'lastUsedAt', p.last_used_at, 'isSynced', p.is_synced) ORDER BY p.created_at), '[]')
        FROM passkey p WHERE p.user_id = $1)),
    'accessTokens', (SELECT coalesce(json_agg(json_build_object('name', t.name, 'hint', t.hint, 'grants', t.grants,
        'createdAt', t.created_at, 'expiresAt', t.expires_at, 'lastUsedAt', t.last_used_at,
        'lastUsedAddress', t.last_used_address) ORDER BY t.created_at), '[]')
      FROM access_token t WHERE t.user_id = $1),
    'refreshTokens', (SELECT coalesce(json_agg(json_build_object('clientId', r.client_id, 'createdAt', r.created_at,
        'lastUsedAt', r.last_used_at) ORDER BY r.created_at), '[]')
      FROM refresh_token r WHERE r.user_id = $1),
    'memberships', (SELECT coalesce(json_agg(json_build_object('namespace', n.name, 'kind', n.kind, 'role', m.role,
        'since', m.created_at) ORDER BY n.name), '[]')
      FROM namespace_member m JOIN namespace n ON n.id = m.namespace_id
      WHERE m.user_id = $1 AND n.deleted_at IS NULL),
    'grants', (SELECT coalesce(json_agg(json_build_object('repository', n.name || '/' || g.path, 'pull', g.can_pull,
        'push', g.can_push, 'delete', g.can_delete) ORDER BY n.name, g.path), '[]')
      FROM access_grant g JOIN namespace n ON n.id = g.namespace_id
      WHERE g.subject_id = $1 AND g.subject_kind = 'user'),
    'repositories', (SELECT coalesce(json_agg(json_build_object('name', r.name, 'description', r.description,
        'visibility', r.visibility, 'createdAt', r.created_at, 'lastPushedAt', r.last_pushed_at,
        'tags', (SELECT coalesce(json_agg(json_build_object('name', t.name, 'digest', t.digest) ORDER BY t.name), '[]')
          FROM tag t WHERE t.repository_id = r.id)) ORDER BY r.name), '[]')
      FROM repository r JOIN namespace n ON n.id = r.namespace_id WHERE n.name = $2 AND n.kind = 'personal' AND r.deleted_at IS NULL)
  ) AS account`;

const EVENTS = `
  SELECT e.id::text, e.at, e.action, e.address, n.name AS namespace, e.target, e.detail
  FROM audit_event e LEFT JOIN namespace n ON n.id = e.namespace_id
  WHERE e.actor_id = $1 AND e.id < coalesce($2::bigint, 9223372036854775807) ORDER BY e.id DESC LIMIT $3`;

const PAGE = 1000;

export class AccountExport {
  constructor(private readonly database: Database) {}

  async find(user: UserRecord): Promise<ExportedAccount> {
    const [row] = await this.database.prepared<{ account: ExportedAccount }>('account_export', EXPORT, [
      user.id,
      user.username,
    ]);
    return row?.account ?? {};
  }

  /** What the person has done, the newest first; never held in memory as a whole. */
  async *events(user: UserRecord): AsyncGenerator<object> {
    let before: string | null = null;
    for (;;) {
      const rows: { id: string }[] = await this.database.prepared('account_export_events', EVENTS, [
        user.id,
        before,
        PAGE,
      ]);
      yield* rows;
      before = rows.at(-1)?.id ?? null;
      if (rows.length < PAGE) return;
    }
  }
}
