import { randomUUID } from 'node:crypto';
import type { AccessGrant } from '@stowage/contracts';
import type { Actor } from '../actor.js';
import { differenceOf, recordAudit } from '../audit.js';
import type { Database, Db } from '../database.js';
import { neverFirst, type Positioned, type SortColumns, sortedBy, type SortedPage } from '../browsing/sorted-page.js';
import { holdToLimit } from '../quota/hold-to-limit.js';
import { differenceOfGrants, listGrants, replaceGrants } from './grant-store.js';
import { ROBOTS, type RobotRecord, type RobotRow, robotsAt, toRobot } from './robot-record.js';

export interface NewRobot {
  readonly namespace: { readonly id: string; readonly name: string };
  readonly name: string;
  readonly description: string;
  readonly grants: readonly AccessGrant[];
  readonly expiresInDays: number | null;
  /** The first secret. */
  readonly secret: { readonly hash: Uint8Array; readonly hint: string };
  readonly actor: Actor;
}

/** Absent fields stay as they are. */
export interface RobotChange {
  readonly description?: string;
  readonly grants?: readonly AccessGrant[];
  readonly expiresInDays?: number | null;
  readonly disabled?: boolean;
}

/** A robot by its name, and who wants something of it. */
export interface RobotTarget {
  readonly namespace: { readonly id: string; readonly name: string };
  readonly name: string;
  readonly actor: Actor;
}

export type RobotSort = 'name' | 'lastUsedAt';

const SORTS: Readonly<Record<RobotSort, SortColumns>> = {
  name: { value: 'r.name', type: 'text', tie: 'r.name' },
  lastUsedAt: { value: neverFirst('r.last_used_at'), type: 'timestamptz', tie: 'r.name' },
};

/** As audit rows say it. */
type RobotState = Readonly<Record<'description' | 'expires', string> & { disabled: boolean }>;

/** The robots of namespaces. Who is deleted is gone with grants, secrets and uploads; the name may be used again. */
export class RobotStore {
  constructor(private readonly database: Database) {}

  /** By name; those whose name or description contains what is searched for. */
  async list(
    namespaceId: string,
    { search = '', ...page }: SortedPage<RobotSort>,
  ): Promise<(RobotRecord & Positioned)[]> {
    const by = page.order?.by ?? 'name';
    const sorted = sortedBy(SORTS[by], page, [namespaceId, search]);
    const rows = await this.database.prepared<RobotRow & Positioned>(
      `robot_list_${by}_${sorted.name}`,
      `${robotsAt(SORTS[by])} WHERE r.namespace_id = $1
         AND (position(lower($2) IN r.name) > 0 OR position(lower($2) IN lower(r.description)) > 0)${sorted.sql}`,
      [...sorted.values],
    );
    return rows.map((row) => ({ ...toRobot(row), position: row.position }));
  }

  async find(namespaceId: string, name: string): Promise<RobotRecord | undefined> {
    const [row] = await this.database.prepared<RobotRow>(
      'robot_find',
      `${ROBOTS} WHERE r.namespace_id = $1 AND r.name = $2`,
      [namespaceId, name],
    );
    return row && toRobot(row);
  }

  /** Throws `AlreadyExistsError`, `ForeignGrantError`, `LimitExceededError`. */
  async create({ namespace, name, description, grants, expiresInDays, secret, actor }: NewRobot): Promise<void> {
    const id = randomUUID();
    await this.database.transaction(async (tx) => {
      await tx.robot.create({ data: { id, namespaceId: namespace.id, name, description }, select: { id: true } });
      await holdToLimit(tx, namespace.id, 'robots');
      await setExpiry(tx, id, expiresInDays);
      const { hash, hint } = secret;
      await tx.robotSecret.create({ data: { id: randomUUID(), robotId: id, hash: new Uint8Array(hash), hint } });
      await replaceGrants(tx, { namespace, subject: { kind: 'robot', id } }, grants);
      const { expires } = await stateOf(tx, id);
      const detail = { after: { description, expires, grants: differenceOfGrants([], grants)?.after ?? [] } };
      await audit(tx, { namespace, name, actor }, { action: 'robot.create', detail });
    });
  }

  /**
   * One audit row with what was and what is; none when nothing is another thing now. False when there is no such robot.
   * Throws `ForeignGrantError`.
   */
  async change(target: RobotTarget, change: RobotChange): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const id = await lockRobot(tx, target);
      if (id === undefined) return false;
      const holder = { namespace: target.namespace, subject: { kind: 'robot', id } } as const;
      const was = await stateOf(tx, id);
      const held = await listGrants(tx, holder);
      await setState(tx, id, change);
      if (change.expiresInDays !== undefined) await setExpiry(tx, id, change.expiresInDays);
      if (change.grants) await replaceGrants(tx, holder, change.grants);
      const difference = differenceOf(was, await stateOf(tx, id));
      const grants = differenceOfGrants(held, change.grants ?? held);
      if (!difference && !grants) return true;
      const before = { ...difference?.before, ...(grants ? { grants: grants.before } : {}) };
      const after = { ...difference?.after, ...(grants ? { grants: grants.after } : {}) };
      await audit(tx, target, { action: actionOf(change), detail: { before, after } });
      return true;
    });
  }

  /** False when there is no such robot. */
  async delete(target: RobotTarget): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const id = await lockRobot(tx, target);
      if (id === undefined) return false;
      const { description } = await stateOf(tx, id);
      const grants = await listGrants(tx, { namespace: target.namespace, subject: { kind: 'robot', id } });
      await tx.robot.delete({ where: { id }, select: { id: true } });
      const before = { description, grants: differenceOfGrants(grants, [])?.before ?? [] };
      await audit(tx, target, { action: 'robot.delete', detail: { before } });
      return true;
    });
  }
}

/** Its row is locked until the transaction ends: changes of one robot, and of its secrets, come one after the other. */
export async function lockRobot(tx: Db, { namespace, name }: Omit<RobotTarget, 'actor'>): Promise<string | undefined> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM robot WHERE namespace_id = ${namespace.id}::uuid AND name = ${name} FOR UPDATE`;
  return row?.id;
}

export async function audit(
  tx: Db,
  { namespace, name, actor }: RobotTarget,
  entry: { readonly action: string; readonly detail: Parameters<typeof recordAudit>[1]['detail'] & object },
): Promise<void> {
  await recordAudit(tx, { actor, ...entry, namespaceId: namespace.id, target: `${namespace.name}.${name}` });
}

async function stateOf(tx: Db, id: string): Promise<RobotState> {
  const { disabledAt, expiresAt, description } = await tx.robot.findUniqueOrThrow({ where: { id } });
  return { description, disabled: disabledAt !== null, expires: expiresAt?.toISOString() ?? 'never' };
}

async function setState(tx: Db, id: string, { description, disabled }: RobotChange): Promise<void> {
  await tx.$executeRaw`
    UPDATE robot SET description = coalesce(${description ?? null}, description),
      disabled_at = CASE ${disabled ?? null}::boolean WHEN true THEN coalesce(disabled_at, now()) WHEN false THEN NULL ELSE disabled_at END
    WHERE id = ${id}::uuid`;
}

async function setExpiry(tx: Db, id: string, expiresInDays: number | null): Promise<void> {
  await tx.$executeRaw`
    UPDATE robot SET expires_at = now() + make_interval(days => ${expiresInDays}::int) WHERE id = ${id}::uuid`;
}

function actionOf({ disabled, ...rest }: RobotChange): string {
  if (disabled === undefined || Object.keys(rest).length > 0) return 'robot.update';
  return disabled ? 'robot.disable' : 'robot.enable';
}
