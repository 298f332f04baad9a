import { randomUUID } from 'node:crypto';
import type { LimitName, Limits } from '@stowage/contracts';
import type { Actor } from '../actor.js';
import { differenceOf, recordAudit } from '../audit.js';
import type { Database, Db } from '../database.js';
import { limitColumns, mapLimits, type PlanLimits, storedLimit, UNLIMITED } from './limits.js';

/** Limits as rows have them: `UNLIMITED` is none; storage null: the configuration's. */
export interface PlanRecord extends PlanLimits {
  readonly name: string;
  readonly description: string;
  readonly isDefault: boolean;
  readonly namespaceCount: number;
  readonly createdAt: Date;
}

/** Absent fields stay as they are. */
export interface PlanChange {
  readonly name?: string;
  readonly description?: string;
  readonly limits?: { readonly [Name in LimitName]?: number | null | undefined };
  readonly isDefault?: true;
}

export type PlanDeletion = 'deleted' | 'unknown' | 'in use' | 'default';

const SELECT = `
  SELECT p.name, p.description, p.is_default AS "isDefault", p.created_at AS "createdAt", ${limitColumns('p')},
         (SELECT count(*)::int FROM namespace_limit l WHERE l.plan_id = p.id) AS "namespaceCount"
  FROM plan p`;

/** Cross-tenant: named sets of limits. A change counts for every namespace on the plan from its commit on. */
export class PlanStore {
  constructor(private readonly database: Database) {}

  /** All of them, by name. */
  async list(): Promise<PlanRecord[]> {
    return this.database.prepared<PlanRecord>('plan_list', `${SELECT} ORDER BY p.name`, []);
  }

  async find(name: string): Promise<PlanRecord | undefined> {
    const [row] = await this.database.prepared<PlanRecord>('plan_find', `${SELECT} WHERE p.name = $1`, [name]);
    return row;
  }

  /** Throws `AlreadyExistsError`. */
  async create(plan: { name: string; description: string; limits: Limits }, actor: Actor): Promise<void> {
    const { name, description, limits } = plan;
    await this.database.transaction(async (tx) => {
      const data = { id: randomUUID(), name, description, ...mapLimits((each) => storedLimit(limits[each])) };
      await tx.plan.create({ data, select: { id: true } });
      const after = { description, ...mapLimits((each) => inWords(limits[each])) };
      await recordAudit(tx, { actor, action: 'plan.create', namespaceId: null, target: name, detail: { after } });
    });
  }

  /** One audit row with what was and what is; none when nothing is another thing now. Throws `AlreadyExistsError`. */
  async change(name: string, change: PlanChange, actor: Actor): Promise<'changed' | 'unknown'> {
    return this.database.transaction(async (tx) => {
      const was = await lockPlan(tx, name);
      if (!was) return 'unknown';
      const is = changed(was, change);
      const detail = differenceOf(toAudit(was), toAudit(is));
      if (!detail) return 'changed';
      if (is.isDefault) await tx.plan.updateMany({ where: { isDefault: true }, data: { isDefault: false } });
      const { id, ...data } = is;
      await tx.plan.update({ where: { id }, data, select: { id: true } });
      await applyPlan(tx, id);
      await recordAudit(tx, { actor, action: 'plan.update', namespaceId: null, target: name, detail });
      return 'changed';
    });
  }

  async delete(name: string, actor: Actor): Promise<PlanDeletion> {
    return this.database.transaction(async (tx) => {
      const was = await lockPlan(tx, name);
      if (!was) return 'unknown';
      if (was.isDefault) return 'default';
      if ((await tx.namespaceLimit.count({ where: { planId: was.id } })) > 0) return 'in use';
      await tx.plan.delete({ where: { id: was.id }, select: { id: true } });
      const detail = { before: toAudit(was) };
      await recordAudit(tx, { actor, action: 'plan.delete', namespaceId: null, target: name, detail });
      return 'deleted';
    });
  }
}

interface PlanState extends PlanLimits {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly isDefault: boolean;
}

/** Nobody makes a namespace on the plan, or puts one on it, until the transaction ends. */
async function lockPlan(tx: Db, name: string): Promise<PlanState | undefined> {
  // The default one as well, in one order: two that change the default at the same moment come one after the other.
  const rows = await tx.$queryRaw<{ id: string; name: string }[]>`
    SELECT id, name FROM plan WHERE name = ${name} OR is_default ORDER BY id FOR UPDATE`;
  const id = rows.find((row) => row.name === name)?.id;
  if (id === undefined) return undefined;
  const { createdAt: _, ...plan } = await tx.plan.findUniqueOrThrow({ where: { id } });
  const storageBytes = plan.storageBytes === null ? null : Number(plan.storageBytes);
  return { ...plan, ...mapLimits((each) => Number(plan[each])), storageBytes };
}

function changed(was: PlanState, { name, description, limits, isDefault }: PlanChange): PlanState {
  const limitOf = <Before>(each: LimitName, before: Before) => {
    const value = limits?.[each];
    return value === undefined ? before : storedLimit(value);
  };
  return {
    id: was.id,
    name: name ?? was.name,
    description: description ?? was.description,
    isDefault: isDefault ?? was.isDefault,
    storageBytes: limitOf('storageBytes', was.storageBytes),
    privateRepositories: limitOf('privateRepositories', was.privateRepositories),
    members: limitOf('members', was.members),
    robots: limitOf('robots', was.robots),
    layerBytes: limitOf('layerBytes', was.layerBytes),
  };
}

/** What every push asks for is beside the usage: it follows the plan, where the namespace has no limit of its own. */
async function applyPlan(tx: Db, planId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE namespace_usage u
    SET limit_bytes = coalesce(l.storage_bytes, p.storage_bytes, u.limit_bytes),
        layer_limit_bytes = coalesce(l.layer_bytes, p.layer_bytes)
    FROM namespace_limit l JOIN plan p ON p.id = l.plan_id
    WHERE p.id = ${planId}::uuid AND u.namespace_id = l.namespace_id
      AND (u.limit_bytes <> coalesce(l.storage_bytes, p.storage_bytes, u.limit_bytes)
        OR u.layer_limit_bytes <> coalesce(l.layer_bytes, p.layer_bytes))`;
}

function toAudit(plan: PlanState) {
  const { name, description, isDefault } = plan;
  const wordOf = (limit: number | null) => (limit === null ? 'as configured' : inWords(limit));
  return { name, description, isDefault, ...mapLimits((each) => wordOf(plan[each])) };
}

/** Audit rows are read by people. */
export function inWords(limit: number | null): number | string {
  return limit === null || limit >= UNLIMITED ? 'unlimited' : limit;
}
