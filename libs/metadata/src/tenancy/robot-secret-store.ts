import { randomUUID } from 'node:crypto';
import { MAX_ROBOT_SECRETS } from '@stowage/contracts';
import type { Database } from '../database.js';
import type { RobotSecretRecord } from './robot-record.js';
import { audit, lockRobot, type RobotTarget } from './robot-store.js';

/** A secret that may be used just now, with its robot. */
export interface UsableRobotSecret {
  readonly id: string;
  readonly robotId: string;
  readonly namespace: string;
  /** `namespace.name`. */
  readonly login: string;
  /** The same with names that its namespace had before and has not given up. */
  readonly formerLogins: readonly string[];
  /** Of the robot. */
  readonly expiresAt: Date | null;
  /** Its last use was noted more than a minute ago. */
  readonly isStale: boolean;
}

const FIND_USABLE = `
  SELECT s.id, r.id AS "robotId", n.name AS namespace, n.name || '.' || r.name AS login, r.expires_at AS "expiresAt",
    ARRAY(SELECT a.name || '.' || r.name FROM namespace_name a
          WHERE a.namespace_id = n.id AND a.name <> n.name) AS "formerLogins",
    s.last_used_at IS NULL OR s.last_used_at < now() - interval '1 minute' AS "isStale"
  FROM robot_secret s JOIN robot r ON r.id = s.robot_id JOIN namespace n ON n.id = r.namespace_id AND n.deleted_at IS NULL
  WHERE s.hash = $1 AND r.disabled_at IS NULL AND (r.expires_at IS NULL OR r.expires_at > now())`;

const TOUCH = `
  WITH used AS (
    UPDATE robot_secret SET last_used_at = now(), last_used_address = $2 WHERE id = $1 RETURNING robot_id
  )
  UPDATE robot SET last_used_at = now(), last_used_address = $2 FROM used WHERE robot.id = used.robot_id`;

export class RobotSecretStore {
  constructor(private readonly database: Database) {}

  async findUsable(hash: Uint8Array): Promise<UsableRobotSecret | undefined> {
    const [row] = await this.database.prepared<UsableRobotSecret & object>('robot_secret_find_usable', FIND_USABLE, [
      Buffer.from(hash),
    ]);
    return row;
  }

  /** Whose secret it is, also when it may not be used; for the audit log. */
  async findOwner(hash: Uint8Array): Promise<{ namespace: string; login: string; isDisabled: boolean } | undefined> {
    const [row] = await this.database.prepared<{ namespace: string; login: string; isDisabled: boolean }>(
      'robot_secret_find_owner',
      `SELECT n.name AS namespace, n.name || '.' || r.name AS login, r.disabled_at IS NOT NULL AS "isDisabled"
       FROM robot_secret s JOIN robot r ON r.id = s.robot_id JOIN namespace n ON n.id = r.namespace_id WHERE s.hash = $1`,
      [Buffer.from(hash)],
    );
    return row;
  }

  /** Whether the secret is there: whether its robot may act is in the standing. */
  async exists(id: string): Promise<boolean> {
    const rows = await this.database.prepared('robot_secret_exists', 'SELECT 1 FROM robot_secret WHERE id = $1', [id]);
    return rows.length > 0;
  }

  /** Notes a use, of secret and robot. */
  async touch(id: string, address: string): Promise<void> {
    await this.database.changed('robot_secret_touch', TOUCH, [id, address]);
  }

  /** A further secret, while there are fewer than `MAX_ROBOT_SECRETS`. */
  async add(
    target: RobotTarget,
    secret: { readonly hash: Uint8Array; readonly hint: string },
  ): Promise<RobotSecretRecord | 'unknown' | 'too many'> {
    return this.database.transaction(async (tx) => {
      const robotId = await lockRobot(tx, target);
      if (robotId === undefined) return 'unknown';
      if ((await tx.robotSecret.count({ where: { robotId } })) >= MAX_ROBOT_SECRETS) return 'too many';
      const { hash, hint } = secret;
      const data = { id: randomUUID(), robotId, hash: new Uint8Array(hash), hint };
      const created = await tx.robotSecret.create({ data, omit: { hash: true, robotId: true } });
      await audit(tx, target, { action: 'robot.secret-create', detail: { after: { hint } } });
      return created;
    });
  }

  /** False when this robot has no such secret. */
  async delete(id: string, target: RobotTarget): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const robotId = await lockRobot(tx, target);
      const [gone] =
        robotId === undefined
          ? []
          : await tx.$queryRaw<{ hint: string }[]>`
              DELETE FROM robot_secret WHERE id = ${id}::uuid AND robot_id = ${robotId}::uuid RETURNING hint`;
      if (!gone) return false;
      await audit(tx, target, { action: 'robot.secret-delete', detail: { before: { hint: gone.hint } } });
      return true;
    });
  }
}
