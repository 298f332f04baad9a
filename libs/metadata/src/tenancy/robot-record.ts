import type { AccessGrant } from '@stowage/contracts';
import { positionOf, type SortColumns } from '../browsing/sorted-page.js';
import { grantsAsJson } from './grant-sql.js';

export interface RobotSecretRecord {
  readonly id: string;
  readonly hint: string;
  readonly createdAt: Date;
  /** To the minute. */
  readonly lastUsedAt: Date | null;
  readonly lastUsedAddress: string | null;
}

/** A robot as those see it who manage it. */
export interface RobotRecord {
  readonly id: string;
  readonly name: string;
  /** `namespace.name`. */
  readonly login: string;
  readonly description: string;
  readonly disabledAt: Date | null;
  readonly expiresAt: Date | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly lastUsedAddress: string | null;
  readonly grants: readonly AccessGrant[];
  /** The oldest first. */
  readonly secrets: readonly RobotSecretRecord[];
}

/** As Postgres gives it: times inside JSON are text. */
export type RobotRow = Omit<RobotRecord, 'secrets'> & { readonly secrets: readonly RobotSecretRow[] };
type RobotSecretRow = Omit<RobotSecretRecord, 'createdAt' | 'lastUsedAt'> & {
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
};

const COLUMNS = ` r.id, r.name, n.name || '.' || r.name AS login, r.description, r.disabled_at AS "disabledAt",
    r.expires_at AS "expiresAt", r.created_at AS "createdAt", r.last_used_at AS "lastUsedAt",
    r.last_used_address AS "lastUsedAddress",
    (SELECT ${grantsAsJson('n.name')} FROM access_grant g
     WHERE g.subject_id = r.id AND g.subject_kind = 'robot' AND g.namespace_id = n.id) AS grants,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'hint', s.hint, 'createdAt', s.created_at,
        'lastUsedAt', s.last_used_at, 'lastUsedAddress', s.last_used_address) ORDER BY s.created_at, s.id), '[]')
     FROM robot_secret s WHERE s.robot_id = r.id) AS secrets`;

const FROM = 'FROM robot r JOIN namespace n ON n.id = r.namespace_id';

/** SQL: robots `r` with their namespace `n`. */
export const ROBOTS = `SELECT ${COLUMNS} ${FROM}`;

/** SQL: the same, and where each of them is in a sorted list. */
export function robotsAt(columns: SortColumns): string {
  return `SELECT ${COLUMNS}, ${positionOf(columns)} ${FROM}`;
}

export function toRobot(row: RobotRow): RobotRecord {
  const secrets = row.secrets.map((secret) => ({
    ...secret,
    createdAt: new Date(secret.createdAt),
    lastUsedAt: secret.lastUsedAt === null ? null : new Date(secret.lastUsedAt),
  }));
  return { ...row, secrets };
}
