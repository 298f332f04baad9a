import type { Operation } from '../history/operation.js';
import type { Check } from './check.js';

/** I8: nobody finds a blob in a repository that nobody has tried to push or to mount it to. */
export function checkVisibility(operations: readonly Operation[]): Check {
  const since = new Map<string, number>();
  for (const operation of operations) {
    if (!brings(operation)) continue;
    const name = nameOf(operation);
    since.set(name, Math.min(since.get(name) ?? Number.POSITIVE_INFINITY, operation.tStart));
  }
  const found = operations.filter(({ f, answer }) => /^(get|head)-blob$/.test(f) && answer?.status === 200);
  const strange = found.filter((read) => (since.get(nameOf(read)) ?? Number.POSITIVE_INFINITY) > read.tEnd);
  return {
    name: 'a blob is seen only where it was uploaded or mounted (I8)',
    summary: `${found.length} found, ${since.size} places where one may be`,
    violations: strange.map((read) => `${nameOf(read)} was found by client ${read.process}, and never pushed`),
  };
}

function brings({ f, type, value, answer }: Operation): boolean {
  if (type === 'fail') return false;
  if (f === 'mount-blob') return answer === undefined || answer.status !== 202;
  return f === 'finish-upload' && value?.isWrong !== true;
}

function nameOf({ repository, key }: Operation): string {
  return `${repository}@${key.digest}`;
}
