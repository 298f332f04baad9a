import { describe, expect, test } from 'vitest';
import type { Answer, Operation } from '../history/operation.js';
import { A, B, NAME, operation, OTHER, TAG } from '../testing/operations.js';
import { checkAccounting } from './accounting.js';
import { checkAnswers, checkBytes } from './answers.js';
import { checkAudit } from './audit.js';
import { checkCollections } from './collections.js';
import { checkLeftovers } from './leftovers.js';
import { checkVisibility } from './visibility.js';

const finished = (rest: Partial<Operation> = {}): Operation => ({
  ...operation([10, 20], { f: 'finish-upload', key: { digest: A, upload: 'u' }, answer: { status: 201 } }),
  ...rest,
});
const found = (rest: Partial<Operation> = {}): Operation => ({
  ...operation([30, 40], { f: 'get-blob', key: { digest: A }, answer: { status: 200 } }),
  ...rest,
});

describe('visibility (I8)', () => {
  test('comes with an upload or a mount, whose outcome may be unknown', () => {
    const mount = operation([10, 20], { f: 'mount-blob', key: { digest: A }, value: { from: OTHER }, type: 'info' });
    for (const brought of [finished(), finished({ type: 'info', answer: undefined }), mount]) {
      expect(checkVisibility([brought, found()]).violations).toEqual([]);
    }
  });

  test.each([
    ['in another repository', finished({ repository: OTHER })],
    ['after a refusal', finished({ type: 'fail', answer: { status: 403 } })],
    ['under a wrong digest', finished({ value: { isWrong: true } })],
    ['after the read', finished({ tStart: 50, tEnd: 60 })],
  ])('does not come %s', (_name, brought) => {
    expect(checkVisibility([brought, found()]).violations).toHaveLength(1);
  });
});

test('bytes that are damaged are found (I4)', () => {
  expect(checkBytes([found()]).violations).toEqual([]);
  expect(checkBytes([found({ answer: { status: 200, damage: 'cut' } })]).violations).toHaveLength(1);
});

test.each<[Answer, number]>([
  [{ status: 503, retryAfter: '5' }, 0],
  [{ status: 503 }, 1],
  [{ status: 500, code: 'UNKNOWN' }, 1],
  [{ status: 401, code: 'UNAUTHORIZED' }, 1],
  [{ status: 400, code: 'DIGEST_INVALID' }, 0],
  [{ status: 400, code: 'MANIFEST_INVALID' }, 1],
])('of %j there are %i too many (I12)', (answer, count) => {
  expect(checkAnswers([finished({ answer })]).violations).toHaveLength(count);
});

describe('the audit (I14)', () => {
  const row = (count: number, action = 'blob.push', target = `${NAME}@${A}`) => ({ action, target, count });
  const asked = (rest: Partial<Operation> = {}, upload = 'u') => finished({ key: { digest: A, upload }, ...rest });
  const lost = { type: 'info', answer: undefined } as const;

  test('has a row for each change', () => {
    expect(checkAudit([asked(), asked({}, 'v')], [row(2)]).violations).toEqual([]);
    expect(checkAudit([asked(), asked({}, 'v')], [row(1)]).violations).toHaveLength(1);
    expect(checkAudit([asked()], []).violations).toHaveLength(1);
  });

  test('has none for a refused change', () => {
    expect(checkAudit([asked({ type: 'fail' })], [row(1)]).violations).toHaveLength(1);
  });

  test('may have one for a change of unknown outcome', () => {
    for (const count of [1, 2]) expect(checkAudit([asked(), asked(lost, 'v')], [row(count)]).violations).toEqual([]);
    expect(checkAudit([asked(), asked(lost, 'v')], [row(3)]).violations).toHaveLength(1);
  });

  test('has one for an upload that was finished, and asked for again', () => {
    expect(checkAudit([asked(lost), asked()], [row(1)]).violations).toEqual([]);
    expect(checkAudit([asked(lost), asked()], [row(2)]).violations).toHaveLength(1);
  });

  test('has one at most for the end of a manifest that was deleted', () => {
    const deleted = operation([0, 1], { f: 'delete-manifest', key: { digest: A }, answer: { status: 202 } });
    const rows = (purges: number) => [row(1, 'manifest.delete'), row(purges, 'manifest.purge')];
    for (const purges of [0, 1]) expect(checkAudit([deleted], rows(purges)).violations).toEqual([]);
    expect(checkAudit([deleted], rows(2)).violations).toHaveLength(1);
    expect(checkAudit([], [row(1, 'manifest.purge')]).violations).toHaveLength(1);
  });

  test('knows tags by their name, and repositories once', () => {
    const untag = operation([0, 1], { f: 'delete-tag', key: { tag: TAG }, answer: { status: 202 } });
    const rows = [row(1, 'tag.delete', `${NAME}:${TAG}`), row(1, 'repository.create', NAME)];
    expect(checkAudit([untag], rows).violations).toEqual([]);
    expect(checkAudit([], [row(2, 'repository.create', NAME)]).violations).toHaveLength(1);
  });
});

describe('accounting (I6)', () => {
  const fits = { namespace: 'a', used: 5, reserved: 1, limit: 9, countedUsed: 5, countedReserved: 1 };

  test.each([
    ['drift', { countedUsed: 4 }],
    ['a reservation of nothing', { countedReserved: 0 }],
    ['more than the limit', { limit: 5 }],
  ])('finds %s', (_name, change) => {
    expect(checkAccounting([fits], []).violations).toEqual([]);
    expect(checkAccounting([{ ...fits, ...change }], []).violations).toHaveLength(1);
  });
});

describe('leftovers (I7)', () => {
  const clean = { objects: ['a'], named: ['a'], staged: [], workerKills: 0 };
  const lost = finished({ type: 'info', answer: undefined });

  test('are no more than crashes explain', () => {
    expect(checkLeftovers(clean, []).violations).toEqual([]);
    expect(checkLeftovers({ ...clean, objects: ['a', 'b'] }, [lost]).violations).toEqual([]);
    expect(checkLeftovers({ ...clean, objects: ['a', 'b'] }, []).violations).toHaveLength(1);
    expect(checkLeftovers({ ...clean, staged: ['u'], workerKills: 1 }, []).violations).toEqual([]);
    expect(checkLeftovers({ ...clean, staged: ['u'] }, []).violations).toHaveLength(1);
  });

  test('never miss bytes of a row', () => {
    expect(checkLeftovers({ ...clean, objects: [] }, [lost]).violations).toHaveLength(1);
  });
});

describe('collections (R1, R2)', () => {
  const collected = (at: number) => [{ action: 'blob.collect' as const, target: `${NAME}@${A}`, at }];

  test('wait for the delay after a push, and for half of it after HEAD', () => {
    expect(checkCollections(collected(12_010), [finished()], 12).violations).toEqual([]);
    expect(checkCollections(collected(11_000), [finished()], 12).violations).toHaveLength(1);
    const head = operation([0, 10], { f: 'head-blob', key: { digest: A }, answer: { status: 200 } });
    expect(checkCollections(collected(6_010), [head], 12).violations).toEqual([]);
    expect(checkCollections(collected(5_000), [head], 12).violations).toHaveLength(1);
  });

  test('wait for half of it after a PUT that was repeated', () => {
    const repeated = finished({ tStart: 5_000, tEnd: 5_010 });
    const history = [finished({ type: 'info', answer: undefined }), repeated];
    expect(checkCollections(collected(11_500), history, 12).violations).toEqual([]);
    expect(checkCollections(collected(10_000), history, 12).violations).toHaveLength(1);
  });

  test('know nothing of what came later, or was elsewhere', () => {
    expect(checkCollections(collected(5), [finished()], 12).violations).toEqual([]);
    expect(checkCollections(collected(100), [finished({ key: { digest: B, upload: 'u' } })], 12).violations).toEqual(
      [],
    );
  });
});
