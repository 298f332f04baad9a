import { NAMESPACES } from '../content/universe.js';
import type { Operation } from '../history/operation.js';
import type { Check } from './check.js';

/** An upload that nobody touched for this long may be near the end of its time to live. */
const IDLE_MS = 20_000;

/**
 * I11, for each upload: what was acknowledged stays, nothing is there that was not sent, one writer wins an offset. And I2:
 * an upload is gone only after something that ends it. And I4: bytes are taken if and only if their digest is right.
 */
export function checkUploads(operations: readonly Operation[]): Check {
  const uploads = new Map<string, Operation[]>();
  for (const operation of operations) {
    const { upload } = operation.key;
    if (upload !== undefined) uploads.set(upload, [...(uploads.get(upload) ?? []), operation]);
  }
  const violations = [...uploads].flatMap(([upload, history]) =>
    findViolations(history).map((violation) => `upload ${upload}: ${violation}`),
  );
  return { name: 'uploads lose nothing and have one writer (I11)', summary: `${uploads.size} uploads`, violations };
}

function findViolations(history: readonly Operation[]): string[] {
  return [
    ...history.flatMap((operation) => wrongOffset(operation, history)),
    ...history.flatMap((operation) => lostUpload(operation, history)),
    ...history.flatMap(wrongDigest),
    ...twoWinners(history),
  ];
}

function wrongOffset(operation: Operation, history: readonly Operation[]): string[] {
  const { answer, f, tStart, tEnd } = operation;
  if (answer?.offset === undefined) return [];
  const before = history.filter((other) => other.tEnd <= tStart).map((other) => other.answer?.offset ?? 0);
  const least = Math.max(0, ...before);
  const most = Math.max(0, ...history.filter((other) => other.tStart <= tEnd).map(endOf));
  const told = `client ${operation.process} ${f} ${answer.status}: ${answer.offset} bytes`;
  if (answer.offset < least) return [`${told}, but ${least} were acknowledged before`];
  if (answer.offset > most) return [`${told}, but no more than ${most} were sent`];
  if (f === 'append-upload' && operation.type === 'ok' && answer.offset !== endOf(operation))
    return [`${told}, but the chunk ends at ${endOf(operation)}`];
  return [];
}

function endOf({ value }: Operation): number {
  return (value?.first ?? 0) + (value?.bytes ?? 0);
}

function lostUpload(operation: Operation, history: readonly Operation[]): string[] {
  const { answer, tStart, tEnd, f } = operation;
  if (answer?.status !== 404) return [];
  const others = history.filter((other) => other !== operation && other.tStart < tEnd);
  const lastTouch = Math.max(...others.map((other) => other.tEnd), Number.NEGATIVE_INFINITY);
  if (others.some(mayEnd) || tStart - lastTouch > IDLE_MS) return [];
  return [`client ${operation.process} ${f}: it is gone, and nobody has ended it`];
}

/**
 * A refusal for want of room ends an upload as well, also when the client does not get to know it; and so does a digest
 * that is wrong.
 */
function mayEnd({ f, type, answer, repository }: Operation): boolean {
  if (answer?.code === 'DENIED' || answer?.code === 'DIGEST_INVALID') return true;
  if (f === 'append-upload') return type === 'info' && repository.startsWith(`${NAMESPACES.tight}/`);
  return (f === 'finish-upload' || f === 'cancel-upload') && type !== 'fail';
}

function wrongDigest({ f, type, answer, value, key }: Operation): string[] {
  if (f !== 'finish-upload') return [];
  if (value?.isWrong && type === 'ok') return [`bytes of another digest were taken for ${key.digest}`];
  if (!value?.isWrong && answer?.code === 'DIGEST_INVALID') return [`good bytes were refused: ${answer.text}`];
  return [];
}

function twoWinners(history: readonly Operation[]): string[] {
  const firsts = history
    .filter(({ f, type }) => f === 'append-upload' && type === 'ok')
    .map(({ value }) => value?.first);
  const twice = firsts.filter((first, index) => firsts.indexOf(first) !== index);
  return twice.map((first) => `two chunks were taken at byte ${first}`);
}
