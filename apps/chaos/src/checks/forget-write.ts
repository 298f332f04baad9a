import type { Operation } from '../history/operation.js';

/**
 * The history without one acknowledged push of a tag that somebody has read afterwards, and that nobody else has made before
 * the read: the checks must find it. Throws when the history has none.
 */
export function forgetWrite(operations: readonly Operation[]): Operation[] {
  const forgotten = operations.find((push) => push.type === 'ok' && isMissed(push, operations));
  if (!forgotten) throw new Error('no push to forget: nobody has read what was pushed; drive for longer');
  return operations.filter((operation) => operation !== forgotten);
}

function isMissed(push: Operation, operations: readonly Operation[]): boolean {
  const { repository, key, value } = push;
  if (push.f !== 'put-manifest' || key.tag === undefined) return false;
  const read = operations.find(
    ({ f, repository: other, key: named, answer, tStart, type }) =>
      f === 'get-manifest' &&
      type === 'ok' &&
      other === repository &&
      named.tag === key.tag &&
      answer?.digest === value?.digest &&
      tStart > push.tEnd,
  );
  return read !== undefined && !operations.some((other) => other !== push && canExplain(other, push, read));
}

function canExplain(other: Operation, push: Operation, read: Operation): boolean {
  const writes = other.f === 'put-manifest' && other.type !== 'fail' && other.repository === push.repository;
  const isSame = other.value?.digest === push.value?.digest && other.value?.tags?.some((tag) => tag === push.key.tag);
  return writes && isSame === true && other.tStart < read.tEnd;
}
