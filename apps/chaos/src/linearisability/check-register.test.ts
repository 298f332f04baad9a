import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkRegister } from './check-register.js';
import { type Action, apply, isObservation, type RegisterOperation, type Value } from './register.js';

const OPEN = Number.POSITIVE_INFINITY;
const write = (value: Value): Action => ({ kind: 'write', value });
const read = (value: Value): Action => ({ kind: 'read', value });
const clear = (value: string): Action => ({ kind: 'clear', value });
const not = (value: string): Action => ({ kind: 'not', value });
const remove: Action = { kind: 'remove' };
const present: Action = { kind: 'present' };

function at(start: number, end: number, action: Action): RegisterOperation {
  return { start, end, action, label: `${start}` };
}

const outcomeOf = (...operations: RegisterOperation[]) => checkRegister(operations).outcome;

describe('histories of a register', () => {
  test.each([
    ['nothing at all', []],
    ['a read of a new register', [at(0, 1, read(null))]],
    ['a read after a write', [at(0, 1, write('a')), at(2, 3, read('a'))]],
    ['a read during a write sees the old value', [at(0, 9, write('a')), at(1, 2, read(null))]],
    ['a read during a write sees the new value', [at(0, 9, write('a')), at(1, 2, read('a'))]],
    ['concurrent writes, either last', [at(0, 9, write('a')), at(0, 9, write('b')), at(10, 11, read('a'))]],
    ['a write of unknown outcome never happens', [at(0, OPEN, write('a')), at(5, 6, read(null)), at(7, 8, read(null))]],
    ['a write of unknown outcome is seen later', [at(0, OPEN, write('a')), at(5, 6, read(null)), at(7, 8, read('a'))]],
    [
      'two of unknown outcome with one value, one seen twice',
      [
        at(0, OPEN, write('a')),
        at(0, OPEN, write('a')),
        at(1, 2, read('a')),
        at(3, 4, write('b')),
        at(5, 6, read('a')),
      ],
    ],
    ['a deletion', [at(0, 1, write('a')), at(2, 3, remove), at(4, 5, read(null))]],
    ['a clear of the value it holds', [at(0, 1, write('a')), at(2, 3, clear('a')), at(4, 5, read(null))]],
    ['a clear of another value', [at(0, 1, write('a')), at(2, 3, clear('b')), at(4, 5, read('a'))]],
    ['a clear that must wait for its value', [at(0, 9, clear('a')), at(1, 2, write('a')), at(10, 11, read(null))]],
    ['something is there, and not that', [at(0, 1, write('a')), at(2, 3, present), at(2, 3, not('b'))]],
    ['touching operations count as concurrent', [at(0, 1, write('a')), at(1, 2, read(null))]],
  ])('%s: linearisable', (_name, operations) => {
    expect(outcomeOf(...operations)).toBe('linearisable');
  });

  test.each([
    ['a lost update', [at(0, 1, write('a')), at(2, 3, write('b')), at(4, 5, read('a'))]],
    ['a write that was acknowledged and is gone', [at(0, 1, write('a')), at(2, 3, read(null))]],
    ['a stale read', [at(0, 1, write('a')), at(2, 3, write('b')), at(4, 5, read('b')), at(6, 7, read('a'))]],
    ['a value that was never written', [at(0, 1, write('a')), at(2, 3, read('z'))]],
    ['a resurrection', [at(0, 1, write('a')), at(2, 3, remove), at(4, 5, read(null)), at(6, 7, read('a'))]],
    ['a read from the future', [at(0, 1, read('a')), at(2, 3, write('a'))]],
    ['an unknown outcome that flickers', [at(0, OPEN, write('a')), at(1, 2, read('a')), at(3, 4, read(null))]],
    ['two readers that see two orders', [at(0, 9, write('a')), at(1, 2, read('a')), at(3, 4, read(null))]],
    ['a removal of nothing', [at(0, 1, remove)]],
    ['two removals of one value', [at(0, 1, write('a')), at(2, 9, remove), at(2, 9, remove)]],
    ['a tag that outlives its manifest', [at(0, 1, write('a')), at(2, 3, clear('a')), at(4, 5, present)]],
    ['the value that it must not be', [at(0, 1, write('a')), at(2, 3, not('a'))]],
  ])('%s: violated', (_name, operations) => {
    expect(outcomeOf(...operations)).toBe('violated');
  });

  test('tells where it got stuck, and what the register can have held', () => {
    const stale = at(6, 7, read('a'));
    const verdict = checkRegister([at(0, 1, write('a')), at(2, 3, write('b')), stale]);
    expect(verdict).toEqual({ outcome: 'violated', operation: stale, states: ['b'] });
  });

  test('decides a thousand operations of many clients, some with unknown outcomes', () => {
    const operations: RegisterOperation[] = [];
    for (let index = 0; index < 1_000; index += 1) {
      const value = `v${index % 7}`;
      const isOpen = index % 250 === 0;
      operations.push(at(index, isOpen ? OPEN : index + 2, write(value)));
      if (!isOpen) operations.push(at(index + 1, index + 3, read(value)));
    }
    expect(outcomeOf(...operations)).toBe('linearisable');
    expect(outcomeOf(...operations, at(3_000, 3_001, read('never')))).toBe('violated');
  });
});

/** Every order of every choice of the operations of unknown outcome. */
function existsOrder(operations: readonly RegisterOperation[]): boolean {
  const told = operations.filter(({ end, action }) => end !== OPEN || !isObservation(action));
  const search = (state: Value, left: readonly RegisterOperation[]): boolean => {
    if (left.every(({ end }) => end === OPEN)) return true;
    return left.some((next) => {
      if (left.some((other) => other.end < next.start)) return false;
      const after = apply(state, next.action);
      return (
        after !== undefined &&
        search(
          after,
          left.filter((other) => other !== next),
        )
      );
    });
  };
  return search(null, told);
}

const values = fc.constantFrom('a', 'b');
const actions: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ kind: fc.constant('write' as const), value: fc.option(values) }),
  fc.record({ kind: fc.constant('read' as const), value: fc.option(values) }),
  fc.record({ kind: fc.constant('clear' as const), value: values }),
  fc.record({ kind: fc.constant('not' as const), value: values }),
  fc.constant(remove),
  fc.constant(present),
);
const histories = fc.array(
  fc
    .tuple(fc.nat(12), fc.nat(6), actions, fc.nat(4))
    .map(([start, length, action, luck]) => at(start, luck === 0 ? OPEN : start + length, action)),
  { maxLength: 6 },
);

test('agrees with a checker that tries every order', () => {
  fc.assert(
    fc.property(histories, (history) => {
      expect(outcomeOf(...history)).toBe(existsOrder(history) ? 'linearisable' : 'violated');
    }),
    { numRuns: 4_000 },
  );
});

test('the histories that it is compared on are of both kinds', () => {
  const sample = fc.sample(histories, { numRuns: 500, seed: 1 });
  const linearisable = sample.filter(existsOrder).length;
  expect(linearisable).toBeGreaterThan(50);
  expect(linearisable).toBeLessThan(450);
});
