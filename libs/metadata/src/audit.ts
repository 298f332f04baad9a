import type { Actor } from './actor.js';
import type { Prisma } from './generated/prisma/client.js';
import type { Statements } from './statements.js';

export interface AuditEntry {
  readonly actor: Actor;
  /** `subject.verb`, such as `tag.delete`. */
  readonly action: string;
  readonly namespaceId: string | null;
  /** What was changed, as a person would name it. */
  readonly target: string;
  readonly detail?: Prisma.InputJsonObject;
}

/** What an audit row says of a change: the fields that are another thing now, before and after. Undefined when none is. */
export function differenceOf<Row extends Readonly<Record<string, Prisma.InputJsonValue>>>(
  was: Row,
  is: Row,
): { before: Partial<Row>; after: Partial<Row> } | undefined {
  const changed = Object.keys(is).filter((field) => is[field] !== was[field]);
  if (changed.length === 0) return undefined;
  const only = (row: Row) => Object.fromEntries(changed.map((field) => [field, row[field]])) as Partial<Row>;
  return { before: only(was), after: only(is) };
}

/** Adds the audit row of a change, in the transaction of the change. */
export async function recordAudit(tx: Statements, entry: AuditEntry): Promise<void> {
  const { actor, action, namespaceId, target } = entry;
  const { administrator } = actor;
  const detail = administrator === undefined ? entry.detail : { ...entry.detail, administrator };
  await tx.$executeRaw`
    INSERT INTO audit_event (action, actor_kind, actor_id, actor_name, credential_id, address, namespace_id, target, detail)
    VALUES (${action}, ${actor.kind}::principal_kind, ${actor.id}::uuid, ${actor.name}, ${actor.credentialId}::uuid,
            ${actor.address}, ${namespaceId}::uuid, ${target}, ${JSON.stringify(detail ?? {})}::jsonb)`;
}

/** One change for each of many things, with a row for each. */
export interface AuditEntries extends Omit<AuditEntry, 'target' | 'detail'> {
  readonly changes: readonly Pick<AuditEntry, 'target' | 'detail'>[];
}

/** The same for many things at once, in one statement. */
export async function recordAudits(
  tx: Statements,
  { actor, action, namespaceId, changes }: AuditEntries,
): Promise<void> {
  if (changes.length === 0) return;
  const { administrator } = actor;
  const details = changes.map(({ detail }) =>
    JSON.stringify(administrator === undefined ? (detail ?? {}) : { ...detail, administrator }),
  );
  await tx.$executeRaw`
    INSERT INTO audit_event (action, actor_kind, actor_id, actor_name, credential_id, address, namespace_id, target, detail)
    SELECT ${action}, ${actor.kind}::principal_kind, ${actor.id}::uuid, ${actor.name}, ${actor.credentialId}::uuid,
           ${actor.address}, ${namespaceId}::uuid, c.target, c.detail
    FROM unnest(${changes.map(({ target }) => target)}::text[], ${details}::jsonb[]) WITH ORDINALITY
      AS c (target, detail, place) ORDER BY c.place`;
}
