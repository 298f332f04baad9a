import { describe, expect, test } from 'vitest';
import type { Operation } from '../history/operation.js';
import { A, B, NAME, operation, OTHER, TAG, TAGS } from '../testing/operations.js';
import { addCollections } from './collections.js';
import { forgetWrite } from './forget-write.js';
import { checkRegisters, registersOf } from './registers.js';

const put = (at: readonly [number, number], digest = A, rest: Partial<Operation> = {}) => ({
  ...operation(at, { f: 'put-manifest', key: { tag: TAG }, value: { tags: [TAG], digest }, answer: { status: 201 } }),
  ...rest,
});
const got = (at: readonly [number, number], digest?: typeof A) =>
  operation(at, {
    f: 'get-manifest',
    key: { tag: TAG },
    answer: digest === undefined ? { status: 404 } : { status: 200, digest },
  });
const deleted = (at: readonly [number, number], digest = A) =>
  operation(at, { f: 'delete-manifest', key: { digest }, answer: { status: 202 } });
const blob = (at: readonly [number, number], f: Operation['f'], status: number, rest: Partial<Operation> = {}) => ({
  ...operation(at, { f, key: { digest: B, upload: 'u' }, answer: { status } }),
  ...rest,
});

const violations = (kind: 'tag' | 'manifest' | 'blob', ...operations: Operation[]) =>
  checkRegisters(kind, registersOf(operations, TAGS)).violations;

describe('tags', () => {
  test('that were pushed and read', () => {
    expect(violations('tag', put([0, 1]), got([2, 3], A))).toEqual([]);
  });

  test('that are read as they were before', () => {
    const [violation] = violations('tag', put([0, 1]), put([2, 3], B), got([4, 5], A));
    expect(violation).toContain(`tag ${NAME}:${TAG}: violated`);
    expect(violation).toContain(`it held ${B}`);
  });

  test('go with the manifest that they point at', () => {
    expect(violations('tag', put([0, 1]), deleted([2, 3]), got([4, 5]))).toEqual([]);
    expect(violations('tag', put([0, 1]), deleted([2, 3]), got([4, 5], A))).toHaveLength(1);
    expect(violations('tag', put([0, 1]), deleted([2, 3], B), got([4, 5]))).toHaveLength(1);
  });

  test('that are missing from a list', () => {
    const list = (tags: typeof TAGS) => operation([2, 3], { f: 'list-tags', key: {}, answer: { status: 200, tags } });
    expect(violations('tag', put([0, 1]), list([TAG]))).toEqual([]);
    expect(violations('tag', put([0, 1]), list([]))).toHaveLength(1);
    expect(violations('tag', put([0, 1]), list(TAGS))).toHaveLength(1);
  });

  test('can not point at a manifest that is not there', () => {
    const missing = operation([2, 3], { f: 'get-manifest', key: { digest: A }, answer: { status: 404 } });
    expect(violations('tag', put([0, 1]), missing)).toHaveLength(1);
  });

  test('that nobody knows whether they were pushed may be either', () => {
    const lost = put([0, 1], A, { type: 'info', answer: undefined });
    expect(violations('tag', lost, got([2, 3]), got([4, 5], A))).toEqual([]);
    expect(violations('tag', lost, got([2, 3], A), got([4, 5]))).toHaveLength(1);
  });

  test('that were refused are not there', () => {
    const refused = put([0, 1], A, { type: 'fail', answer: { status: 403, code: 'DENIED' } });
    expect(violations('tag', refused, got([2, 3], A))).toHaveLength(1);
  });

  test('a write that the checker forgets is missed', () => {
    const history = [put([0, 1]), put([2, 3], B), got([4, 5], B)];
    expect(violations('tag', ...history)).toEqual([]);
    expect(violations('tag', ...forgetWrite(history))).toHaveLength(1);
    expect(() => forgetWrite([put([0, 1])])).toThrow('drive for longer');
  });
});

describe('manifests and blobs', () => {
  test('that a manifest needs are there when it is taken', () => {
    const push = put([2, 3], A, { value: { tags: [TAG], digest: A, blobs: [B] } });
    expect(violations('blob', blob([0, 1], 'finish-upload', 201), push)).toEqual([]);
    expect(violations('blob', push)).toHaveLength(1);
  });

  test('that a refusal calls missing are not there', () => {
    const answer = { status: 400, code: 'MANIFEST_BLOB_UNKNOWN', missing: B };
    const push = put([2, 3], A, { type: 'fail', answer });
    expect(violations('blob', push)).toEqual([]);
    expect(violations('blob', blob([0, 1], 'finish-upload', 201), push)).toHaveLength(1);
  });

  test('come back only when they are pushed again', () => {
    const removed = blob([2, 3], 'delete-blob', 202);
    const found = blob([4, 5], 'head-blob', 200);
    expect(violations('blob', blob([0, 1], 'finish-upload', 201), removed, found)).toHaveLength(1);
    expect(violations('blob', blob([0, 1], 'finish-upload', 201), removed, blob([4, 5], 'head-blob', 404))).toEqual([]);
  });

  test('with other bytes than their digest says are never there', () => {
    const wrong = { value: { isWrong: true } };
    expect(violations('blob', blob([0, 1], 'finish-upload', 201, wrong), blob([2, 3], 'get-blob', 200))).toHaveLength(
      1,
    );
  });

  test('are mounted from where they are', () => {
    const pushed = blob([0, 1], 'finish-upload', 201, { repository: OTHER });
    const mount = (status: number) => blob([2, 3], 'mount-blob', status, { value: { from: OTHER } });
    expect(violations('blob', pushed, mount(201), blob([4, 5], 'get-blob', 200))).toEqual([]);
    expect(violations('blob', mount(201))).toHaveLength(1);
    expect(violations('blob', pushed, mount(202))).toHaveLength(1);
  });

  test('that are collected are gone, and were there', () => {
    const history = [blob([0, 1_000], 'finish-upload', 201), blob([9_000, 9_001], 'head-blob', 404)];
    expect(violations('blob', ...history)).toHaveLength(1);
    const registers = registersOf(history, TAGS);
    addCollections(registers, [{ action: 'blob.collect', target: `${NAME}@${B}`, at: 5_000 }], TAGS);
    expect(checkRegisters('blob', registers).violations).toEqual([]);
  });

  test('are never collected under a tag', () => {
    const registers = registersOf([put([0, 1])], TAGS);
    addCollections(registers, [{ action: 'manifest.collect', target: `${NAME}@${A}`, at: 5_000 }], TAGS);
    expect(checkRegisters('tag', registers).violations).toHaveLength(1);
  });
});
