import type { LimitName } from '@stowage/contracts';
import type { Actor } from '../actor.js';
import { differenceOf, recordAudit } from '../audit.js';
import type { Database, Db } from '../database.js';
import { mapLimits, type OwnLimits, storedLimit } from './limits.js';
import { inWords } from './plan-store.js';

/** Absent: as it is. A number or null (no limit): the namespace's own. `plan`: what its plan says. */
export interface QuotaChange {
  readonly plan?: string | undefined;
  readonly limits: { readonly [Name in LimitName]?: number | null | 'plan' | undefined };
}

interface QuotaState extends OwnLimits {
  readonly planId: string;
  readonly plan: string;
}

/**
 * Puts a namespace on a plan and gives it limits of its own, in one transaction with the audit row; no row when nothing is
 * another thing now. Limits below what is used are legal: what would add to it is refused, the rest goes on.
 * `configuredBytes`: the storage of a plan that leaves it to the configuration.
 */
export async function changeQuota(
  database: Database,
  name: string,
  input: { readonly change: QuotaChange; readonly configuredBytes: number; readonly actor: Actor },
): Promise<'changed' | 'unknown' | 'unknown plan'> {
  const { change, configuredBytes, actor } = input;
  return database.transaction(async (tx) => {
    const namespace = await tx.namespace.findUnique({ where: { name, deletedAt: null }, select: { id: true } });
    if (!namespace) return 'unknown';
    const plan = change.plan === undefined ? undefined : await keepPlan(tx, change.plan);
    if (change.plan !== undefined && !plan) return 'unknown plan';
    const was = await lockQuota(tx, namespace.id);
    if (!was) return 'unknown';
    const is = changed(was, change, plan);
    const detail = differenceOf(toAudit(was), toAudit(is));
    if (!detail) return 'changed';
    const { plan: _, ...data } = is;
    await tx.namespaceLimit.update({ where: { namespaceId: namespace.id }, data, select: { planId: true } });
    await applyQuota(tx, namespace.id, configuredBytes);
    await recordAudit(tx, { actor, action: 'namespace.quota', namespaceId: namespace.id, target: name, detail });
    return 'changed';
  });
}

interface PlanRef {
  readonly id: string;
  readonly name: string;
}

/** Plans before namespaces: whoever changes one waits, or is waited for. */
async function keepPlan(tx: Db, name: string): Promise<PlanRef | undefined> {
  const [plan] = await tx.$queryRaw<PlanRef[]>`SELECT id, name FROM plan WHERE name = ${name} FOR KEY SHARE`;
  return plan;
}

async function lockQuota(tx: Db, namespaceId: string): Promise<QuotaState | undefined> {
  const [row] = await tx.$queryRaw<QuotaState[]>`
    SELECT l.plan_id AS "planId", p.name AS plan, l.storage_bytes::float8 AS "storageBytes",
           l.private_repositories::float8 AS "privateRepositories", l.members::float8 AS members,
           l.robots::float8 AS robots, l.layer_bytes::float8 AS "layerBytes"
    FROM namespace_limit l JOIN plan p ON p.id = l.plan_id
    WHERE l.namespace_id = ${namespaceId}::uuid FOR UPDATE OF l`;
  return row;
}

function changed(was: QuotaState, { limits }: QuotaChange, plan: PlanRef | undefined): QuotaState {
  const limitOf = (name: LimitName) => {
    const value = limits[name];
    if (value === undefined) return was[name];
    return value === 'plan' ? null : storedLimit(value);
  };
  return { planId: plan?.id ?? was.planId, plan: plan?.name ?? was.plan, ...mapLimits(limitOf) };
}

async function applyQuota(tx: Db, namespaceId: string, configuredBytes: number): Promise<void> {
  await tx.$executeRaw`
    UPDATE namespace_usage u
    SET limit_bytes = coalesce(l.storage_bytes, p.storage_bytes, ${configuredBytes}::bigint),
        layer_limit_bytes = coalesce(l.layer_bytes, p.layer_bytes)
    FROM namespace_limit l JOIN plan p ON p.id = l.plan_id
    WHERE l.namespace_id = ${namespaceId}::uuid AND u.namespace_id = l.namespace_id`;
}

function toAudit(state: QuotaState) {
  const { plan } = state;
  const wordOf = (limit: number | null) => (limit === null ? 'as the plan says' : inWords(limit));
  return { plan, ...mapLimits((name) => wordOf(state[name])) };
}
