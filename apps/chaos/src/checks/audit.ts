import type { Operation, Verb } from '../history/operation.js';
import type { AuditCount } from '../topology/database-view.js';
import type { Check } from './check.js';

/**
 * I14, by counting: as many rows for each change as were acknowledged, and no more than the changes of unknown outcome
 * could have added; so there is none for a change that was refused.
 */
export function checkAudit(operations: readonly Operation[], rows: readonly AuditCount[]): Check {
  const expected = expectedRows(operations);
  const counted = new Map(rows.map(({ action, target, count }) => [`${action} ${target}`, count]));
  const names = new Set([...expected.keys(), ...counted.keys()]);
  const violations = [...names].flatMap((name) => {
    const { least, most } = expected.get(name) ?? boundsOf(name, expected);
    const count = counted.get(name) ?? 0;
    return count >= least && count <= most ? [] : [`${name}: ${count} rows for ${least} to ${most} changes`];
  });
  const total = rows.reduce((sum, { count }) => sum + count, 0);
  return { name: 'one audit row for each change, none for a refused one (I14)', summary: `${total} rows`, violations };
}

/** An upload is finished once, however often the client asks for it. */
function expectedRows(operations: readonly Operation[]): Map<string, { least: number; most: number }> {
  const changes = new Map<unknown, { name: string; isSure: boolean }>();
  for (const operation of operations) {
    const name = auditName(operation);
    if (name === undefined || operation.type === 'fail') continue;
    const change = operation.key.upload ?? operation;
    const isSure = operation.type === 'ok' || changes.get(change)?.isSure === true;
    changes.set(change, { name, isSure });
  }
  const expected = new Map<string, { least: number; most: number }>();
  for (const { name, isSure } of changes.values()) {
    const { least, most } = expected.get(name) ?? { least: 0, most: 0 };
    expected.set(name, { least: least + (isSure ? 1 : 0), most: most + 1 });
  }
  return expected;
}

/**
 * A repository comes with the first push to it, whichever that is. A manifest that an index in the trash names waits there for
 * its end: it is purged at most once for each time that it was deleted.
 */
function boundsOf(name: string, expected: ReadonlyMap<string, { most: number }>): { least: number; most: number } {
  if (name.startsWith('repository.create ')) return { least: 1, most: 1 };
  const deleted = name.replace(/^manifest\.purge /, 'manifest.delete ');
  return { least: 0, most: deleted === name ? 0 : (expected.get(deleted)?.most ?? 0) };
}

/** What an audit row of the change says; undefined for what changes nothing that is audited. */
function auditName({ f, repository, key, value, answer }: Operation): string | undefined {
  const isRefusedByDesign = value?.isWrong === true || (f === 'mount-blob' && answer?.status === 202);
  const action = isRefusedByDesign ? undefined : ACTIONS[f];
  if (action === undefined) return undefined;
  return `${action} ${repository}${f === 'delete-tag' ? `:${key.tag}` : `@${value?.digest ?? key.digest}`}`;
}

const ACTIONS: Readonly<Partial<Record<Verb, string>>> = {
  'put-manifest': 'manifest.push',
  'delete-manifest': 'manifest.delete',
  'delete-tag': 'tag.delete',
  'delete-blob': 'blob.delete',
  'finish-upload': 'blob.push',
  'mount-blob': 'blob.mount',
};
