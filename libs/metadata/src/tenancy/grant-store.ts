import { type AccessGrant, GRANT_ACTIONS } from '@stowage/contracts';
import type { PrincipalRef } from '../actor.js';
import type { Database, Db } from '../database.js';
import { grantsAsJson } from './grant-sql.js';

/** Whoever holds grants, in the one namespace that gives them. */
export interface GrantHolder {
  readonly namespace: { readonly id: string; readonly name: string };
  readonly subject: PrincipalRef;
}

/** A grant names a repository outside the namespace that gives it. */
export class ForeignGrantError extends Error {
  override name = 'ForeignGrantError';
  constructor(
    readonly repository: string,
    namespace: string,
  ) {
    super(`${repository} is not in ${namespace}; a namespace grants nothing but its own repositories`);
  }
}

/** What a namespace has granted to a user, a robot or a trust rule. */
export class GrantStore {
  constructor(private readonly database: Database) {}

  /** In the order of the patterns, by byte. */
  async list({ namespace, subject }: GrantHolder): Promise<AccessGrant[]> {
    const [row] = await this.database.prepared<{ grants: AccessGrant[] }>(
      'grant_list',
      `SELECT ${grantsAsJson('$4::text')} AS grants FROM access_grant g
       WHERE g.subject_id = $1 AND g.subject_kind = $2::principal_kind AND g.namespace_id = $3`,
      [subject.id, subject.kind, namespace.id, namespace.name],
    );
    return row?.grants ?? [];
  }
}

/** The same inside a transaction. */
export async function listGrants(tx: Db, { namespace, subject }: GrantHolder): Promise<AccessGrant[]> {
  const rows = await tx.accessGrant.findMany({
    where: { subjectId: subject.id, subjectKind: subject.kind, namespaceId: namespace.id },
    orderBy: { path: 'asc' },
  });
  return rows.map(({ path, canPull, canPush, canDelete }) => ({
    repository: `${namespace.name}/${path}`,
    actions: GRANT_ACTIONS.filter((action) => ({ pull: canPull, push: canPush, delete: canDelete })[action]),
  }));
}

/** An audit row stays small, however many grants somebody writes. */
const MAX_AUDITED = 10;

/**
 * What an audit row says of grants that were replaced: those that went before, those that came after, as text. Undefined
 * when they are the same.
 */
export function differenceOfGrants(
  was: readonly AccessGrant[],
  is: readonly AccessGrant[],
): { readonly before: string[]; readonly after: string[] } | undefined {
  const [had, has] = [was.map(textOf), is.map(textOf)];
  const gone = had.filter((text) => !has.includes(text));
  const come = has.filter((text) => !had.includes(text));
  return gone.length + come.length === 0 ? undefined : { before: shortened(gone), after: shortened(come) };
}

function textOf({ repository, actions }: AccessGrant): string {
  return `${repository} (${GRANT_ACTIONS.filter((action) => actions.includes(action)).join(', ')})`;
}

function shortened(texts: readonly string[]): string[] {
  const rest = texts.length - MAX_AUDITED;
  return rest > 0 ? [...texts.slice(0, MAX_AUDITED), `and ${rest} more`] : [...texts];
}

/**
 * Replaces all that the subject holds in the namespace, in the transaction that audits it. Throws `ForeignGrantError` before
 * anything is changed. The rows of a subject that goes are removed by the database.
 */
export async function replaceGrants(
  tx: Db,
  { namespace, subject }: GrantHolder,
  grants: readonly AccessGrant[],
): Promise<void> {
  const rows = grants.map(({ repository, actions }) => ({
    namespaceId: namespace.id,
    subjectKind: subject.kind,
    subjectId: subject.id,
    path: pathOf(repository, namespace.name),
    canPull: actions.includes('pull'),
    canPush: actions.includes('push'),
    canDelete: actions.includes('delete'),
  }));
  await tx.accessGrant.deleteMany({
    where: { subjectId: subject.id, subjectKind: subject.kind, namespaceId: namespace.id },
  });
  await tx.accessGrant.createMany({ data: rows });
}

/** Grants are kept by the path, so that a namespace's new name takes them along. */
function pathOf(repository: string, namespace: string): string {
  const prefix = `${namespace}/`;
  if (!repository.startsWith(prefix)) throw new ForeignGrantError(repository, namespace);
  return repository.slice(prefix.length);
}
