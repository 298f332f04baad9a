import type { Db } from '../database.js';
import type { Prisma } from '../generated/prisma/client.js';
import { markRedacted } from './audit-seals.js';

export interface ForgottenPerson {
  readonly id: string;
  readonly username: string;
  /** What they were called before. */
  readonly formerUsernames: readonly string[];
  readonly email: string;
  /** Null: there is none any more. */
  readonly namespaceId: string | null;
  readonly pseudonym: string;
}

/** Fields of a row's detail that name people. */
const NAMES = new Set(['username', 'user', 'administrator', 'invitee', 'invitedBy', 'owner', 'by']);

/** A person by one of their names. */
type NamedPerson = Omit<ForgottenPerson, 'formerUsernames'>;

/**
 * Takes a person's names and addresses out of what is kept: the audit log, and who pushed what. Rows stay and still tell
 * that one person did them; the seals are told, so that the chain holds. Returns how many audit rows have changed.
 */
export async function forgetPerson(tx: Db, { formerUsernames, ...person }: ForgottenPerson): Promise<number> {
  const changed = new Set<bigint>();
  for (const username of [person.username, ...formerUsernames]) {
    for (const id of await forgetName(tx, { ...person, username })) changed.add(id);
  }
  await markRedacted(tx, [...changed]);
  return changed.size;
}

async function forgetName(tx: Db, person: NamedPerson): Promise<bigint[]> {
  await forgetNames(tx, person);
  const { id, username, namespaceId, pseudonym } = person;
  const changed = await tx.$queryRaw<{ id: bigint; detail: Prisma.JsonValue }[]>`
    UPDATE audit_event SET
      actor_name = CASE WHEN actor_id = ${id}::uuid THEN ${pseudonym} ELSE actor_name END,
      address = CASE WHEN actor_id = ${id}::uuid THEN NULL ELSE address END,
      target = CASE
        WHEN target = ${username} THEN ${pseudonym}
        WHEN namespace_id = ${namespaceId}::uuid AND starts_with(target, ${username} || '/')
          THEN ${pseudonym} || substr(target, length(${username}) + 1)
        WHEN split_part(action, '.', 1) = 'member' AND split_part(target, '/', -1) = ${username}
          THEN left(target, -length(${username})) || ${pseudonym}
        ELSE target END
    WHERE actor_id = ${id}::uuid OR namespace_id = ${namespaceId}::uuid
      OR (split_part(action, '.', 1) IN ('user', 'login', 'member', 'session', 'namespace')
          AND split_part(target, '/', -1) = ${username})
      OR (detail ? 'administrator' AND detail ->> 'administrator' = ${username})
    RETURNING id, detail`;
  await redactDetails(tx, person, changed);
  return changed.map((row) => row.id);
}

/** Where the person has pushed, by the rows of the log itself; and whom they have asked for something. */
async function forgetNames(tx: Db, { id, username, pseudonym }: NamedPerson): Promise<void> {
  const places = await tx.$queryRaw<{ id: string }[]>`
    SELECT r.id FROM repository r WHERE r.namespace_id IN (
      SELECT DISTINCT e.namespace_id FROM audit_event e WHERE e.actor_id = ${id}::uuid AND e.namespace_id IS NOT NULL)`;
  const ids = places.map((place) => place.id);
  await tx.$executeRaw`
    UPDATE manifest SET pushed_by = ${pseudonym}
    WHERE repository_id = ANY(${ids}::uuid[]) AND pushed_by = ${username}`;
  await tx.$executeRaw`
    UPDATE tag SET updated_by = ${pseudonym} WHERE repository_id = ANY(${ids}::uuid[]) AND updated_by = ${username}`;
  await tx.$executeRaw`
    UPDATE tag_event SET actor = ${pseudonym} WHERE repository_id = ANY(${ids}::uuid[]) AND actor = ${username}`;
  await tx.$executeRaw`UPDATE invitation SET invited_by = ${pseudonym} WHERE invited_by = ${username}`;
  await tx.$executeRaw`UPDATE sign_up_invitation SET invited_by = ${pseudonym} WHERE invited_by = ${username}`;
  await tx.$executeRaw`
    UPDATE repository_transfer SET requested_by = ${pseudonym} WHERE requested_by = ${username}`;
}

async function redactDetails(
  tx: Db,
  person: NamedPerson,
  rows: readonly { id: bigint; detail: Prisma.JsonValue }[],
): Promise<void> {
  for (const { id, detail } of rows) {
    const redacted = JSON.stringify(redact(detail, person));
    if (redacted === JSON.stringify(detail)) continue;
    await tx.$executeRaw`UPDATE audit_event SET detail = ${redacted}::jsonb WHERE id = ${id}`;
  }
}

function redact(value: Prisma.JsonValue | undefined, person: NamedPerson, field = ''): unknown {
  if (Array.isArray(value)) return value.map((entry) => redact(entry, person, field));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, redact(entry, person, name)]));
  }
  if (typeof value !== 'string') return value;
  if (value.toLowerCase() === person.email.toLowerCase()) return person.pseudonym;
  if (NAMES.has(field) && value === person.username) return person.pseudonym;
  return value.startsWith(`${person.username}/`) ? person.pseudonym + value.slice(person.username.length) : value;
}
