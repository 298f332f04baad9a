import { parseRepositoryName } from '@stowage/oci';
import { describe, expect, test } from 'vitest';
import type { Answer, Operation } from '../history/operation.js';
import { A, NAME, operation } from '../testing/operations.js';
import { checkUploads } from './uploads.js';

const key = { upload: 'u', digest: A };
const append = (at: readonly [number, number], [first, bytes]: readonly [number, number], answer: Answer, rest = {}) =>
  ({ ...operation(at, { f: 'append-upload', key, value: { first, bytes }, answer }), ...rest }) as Operation;
const status = (at: readonly [number, number], offset: number) =>
  operation(at, { f: 'get-upload', key, answer: { status: 204, offset } });
const gone = (at: readonly [number, number]) => operation(at, { f: 'get-upload', key, answer: { status: 404 } });
const finish = (at: readonly [number, number], answer: Answer, rest = {}) =>
  ({ ...operation(at, { f: 'finish-upload', key, value: { first: 0, bytes: 10 }, answer }), ...rest }) as Operation;

const violations = (...operations: Operation[]) => checkUploads(operations).violations;

describe('offsets of an upload', () => {
  test('are what was acknowledged', () => {
    const chunks = [
      append([0, 1], [0, 10], { status: 202, offset: 10 }),
      append([2, 3], [10, 5], { status: 202, offset: 15 }),
    ];
    expect(violations(...chunks, status([4, 5], 15))).toEqual([]);
  });

  test('never go back', () => {
    expect(violations(append([0, 1], [0, 10], { status: 202, offset: 10 }), status([2, 3], 4))).toHaveLength(1);
  });

  test('never pass what was sent', () => {
    expect(violations(append([0, 1], [0, 10], { status: 202, offset: 10 }), status([2, 3], 11))).toHaveLength(1);
  });

  test('of a chunk that was taken are its end', () => {
    expect(violations(append([0, 1], [0, 10], { status: 202, offset: 9 }))).toHaveLength(1);
  });

  test('may be anywhere in a chunk without an answer', () => {
    const lost = append([0, 1], [0, 10], { status: 503 }, { type: 'info' });
    expect(violations(lost, status([2, 3], 7), status([4, 5], 7))).toEqual([]);
    expect(violations(lost, status([2, 3], 7), status([4, 5], 6))).toHaveLength(1);
  });

  test('have one winner', () => {
    const taken = (process: number) => append([0, 1], [0, 10], { status: 202, offset: 10 }, { process });
    const refused = append([0, 1], [0, 10], { status: 416, offset: 10 }, { type: 'fail' });
    expect(violations(taken(1), refused)).toEqual([]);
    expect(violations(taken(1), taken(2))).toHaveLength(1);
  });
});

describe('an upload', () => {
  test('is gone when something has ended it', () => {
    expect(violations(finish([0, 1], { status: 201 }), gone([2, 3]))).toEqual([]);
    expect(violations(finish([0, 1], { status: 403, code: 'DENIED' }, { type: 'fail' }), gone([2, 3]))).toEqual([]);
    expect(violations(append([0, 1], [0, 9], { status: 202, offset: 9 }), gone([60_000, 60_001]))).toEqual([]);
  });

  test('may be gone after a chunk of which nobody knows the outcome, where there is little room', () => {
    const lost = (repository: typeof NAME) =>
      append([0, 1], [0, 9], { status: 503 }, { type: 'info', answer: undefined, repository });
    expect(violations(lost(parseRepositoryName('tight/app')), gone([2, 3]))).toEqual([]);
    expect(violations(lost(NAME), gone([2, 3]))).toHaveLength(1);
  });

  test('is not gone by itself', () => {
    expect(violations(append([0, 1], [0, 10], { status: 202, offset: 10 }), gone([2, 3]))).toHaveLength(1);
  });

  test('takes bytes if and only if they have the digest', () => {
    const wrong = { value: { isWrong: true } };
    const refusal = { status: 400, code: 'DIGEST_INVALID' };
    expect(violations(finish([0, 1], refusal, { type: 'fail', ...wrong }))).toEqual([]);
    expect(violations(finish([0, 1], { status: 201 }, wrong))).toHaveLength(1);
    expect(violations(finish([0, 1], refusal, { type: 'fail' }))).toHaveLength(1);
  });
});
