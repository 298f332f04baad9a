import type { Statements } from '../statements.js';
import { UNLIMITED } from './limits.js';

/** What is counted one by one, as opposed to bytes. */
export type CountedLimit = 'privateRepositories' | 'members' | 'robots';

/** One more would be more than the namespace may have. */
export class LimitExceededError extends Error {
  override name = 'LimitExceededError';
  constructor(
    readonly namespace: string,
    readonly counted: CountedLimit,
    readonly numbers: { readonly limit: number; readonly used: number },
  ) {
    super('the namespace has as many as it may have');
  }
}

interface LimitOf {
  readonly namespace: string;
  readonly limit: number;
}

/**
 * Throws `LimitExceededError` when the namespace has more than its limit now; called after the row was added, in the same
 * transaction, which it undoes. Those who count the same namespace come one after the other until their transactions end, so
 * that the count is exact. Nobody waits where there is no limit.
 */
export async function holdToLimit(tx: Statements, namespaceId: string, counted: CountedLimit): Promise<void> {
  const known = await limitOf(tx, namespaceId, counted);
  if (!known || known.limit >= UNLIMITED) return;
  await tx.$queryRaw`SELECT 1 FROM namespace_limit WHERE namespace_id = ${namespaceId}::uuid FOR NO KEY UPDATE`;
  const { namespace, limit } = (await limitOf(tx, namespaceId, counted)) ?? known;
  const count = await countOf(tx, namespaceId, counted);
  if (count > limit) throw new LimitExceededError(namespace, counted, { limit, used: count - 1 });
}

async function limitOf(tx: Statements, namespaceId: string, counted: CountedLimit): Promise<LimitOf | undefined> {
  const [row] = await tx.$queryRaw<(LimitOf & Record<CountedLimit, number>)[]>`
    SELECT n.name AS namespace, coalesce(l.private_repositories, p.private_repositories)::float8 AS "privateRepositories",
           coalesce(l.members, p.members)::float8 AS members, coalesce(l.robots, p.robots)::float8 AS robots
    FROM namespace_limit l JOIN plan p ON p.id = l.plan_id JOIN namespace n ON n.id = l.namespace_id
    WHERE l.namespace_id = ${namespaceId}::uuid`;
  return row && { namespace: row.namespace, limit: row[counted] };
}

async function countOf(tx: Statements, namespaceId: string, counted: CountedLimit): Promise<number> {
  const rows = await COUNTS[counted](tx, namespaceId);
  return rows[0]?.count ?? 0;
}

type Count = (tx: Statements, namespaceId: string) => Promise<{ count: number }[]>;

const COUNTS: Record<CountedLimit, Count> = {
  privateRepositories: (tx, namespaceId) => tx.$queryRaw`
    SELECT count(*)::int AS count FROM repository
    WHERE namespace_id = ${namespaceId}::uuid AND visibility = 'private' AND deleted_at IS NULL`,
  members: (tx, namespaceId) => tx.$queryRaw`
    SELECT count(*)::int AS count FROM namespace_member WHERE namespace_id = ${namespaceId}::uuid`,
  robots: (tx, namespaceId) => tx.$queryRaw`
    SELECT count(*)::int AS count FROM robot WHERE namespace_id = ${namespaceId}::uuid`,
};
