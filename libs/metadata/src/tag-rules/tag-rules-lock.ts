import type { Statements } from '../statements.js';

/**
 * Until its end the transaction sees the rules of the namespace that are in force. Who moves or deletes a tag shares the
 * lock, and waits for nobody but a change of the rules (R18).
 */
export async function holdTagRules(tx: Statements, namespaceId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(hashtextextended('tag rules of ' || ${namespaceId}::text, 0))`;
}

/**
 * For a change of the rules of a namespace or of one of its repositories: waits until nobody is moving a tag there. Rows
 * that are also locked for such a move are taken before it.
 */
export async function lockTagRules(tx: Statements, namespaceId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('tag rules of ' || ${namespaceId}::text, 0))`;
}
