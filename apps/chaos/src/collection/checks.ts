import { readFile } from 'node:fs/promises';
import type { Check } from '../checks/check.js';
import type { Operation } from '../history/operation.js';
import type { StoredObject } from '../topology/storage-view.js';
import type { Ledger } from './ledger.js';

/** I1, R1: what was acknowledged could be pulled whole right after, all the time, and can at the end. */
export function checkLedger(ledger: Ledger): Check {
  const tags = ledger.entries().filter(({ image }) => image !== undefined).length;
  return {
    name: 'every acknowledged tag pulls in full, right after the push and at the end (I1, R1)',
    summary: `${ledger.pulls} pulls, ${tags} tags at the end; ${ledger.blobsUnknown} times MANIFEST_BLOB_UNKNOWN`,
    violations: ledger.violations,
  };
}

/** I7, to the byte: nothing has crashed, so that there is nothing to be left over. */
export function checkBytesStored(objects: readonly StoredObject[], rows: readonly StoredObject[]): Check {
  const [stored, named] = [sizes(objects), sizes(rows)];
  return {
    name: 'storage holds the bytes of live rows and no others (I7)',
    summary: `${objects.length} objects, ${rows.length} rows, ${total(objects)} bytes`,
    violations: [
      ...rows.filter(({ key, bytes }) => stored.get(key) !== bytes).map(({ key }) => `${key} is not there in full`),
      ...objects.filter(({ key }) => !named.has(key)).map(({ key, bytes }) => `${key} has no row: ${bytes} bytes`),
    ],
  };
}

/** R23: three at once get in nobody's way; a deadlock would be a failure here. */
export async function checkCollectors(logFiles: readonly string[]): Promise<Check> {
  const logs = await Promise.all(logFiles.map((file) => readFile(file, 'utf8')));
  const lines = logs.join('\n').split('\n');
  const failed = lines.filter((line) => line.includes('garbage could not be collected') || line.includes('job failed'));
  const runs = lines.filter((line) => line.includes('garbage collected')).length;
  return {
    name: 'no collector failed at anything (R23)',
    summary: `${runs} looks found something`,
    violations: failed.map((line) => line.slice(0, 400)),
  };
}

/** The workload was one: without deletions and collections between pushes, nothing was proven. */
export function checkWorkload(operations: readonly Operation[], collected: number): Check {
  const count = (f: Operation['f']) => operations.filter((each) => each.f === f && each.type === 'ok').length;
  const figures = {
    pushes: count('put-manifest'),
    uploads: count('finish-upload'),
    deletions: count('delete-tag') + count('delete-manifest'),
    collections: collected,
    reads: count('get-blob'),
  };
  return {
    name: 'there was something to collect while clients pushed',
    summary: Object.entries(figures)
      .map(([what, number]) => `${number} ${what}`)
      .join(', '),
    violations: Object.entries(figures).flatMap(([what, number]) => (number > 0 ? [] : [`no ${what}`])),
  };
}

const sizes = (list: readonly StoredObject[]) => new Map(list.map(({ key, bytes }) => [key, bytes]));
const total = (list: readonly StoredObject[]) => list.reduce((sum, { bytes }) => sum + bytes, 0);
