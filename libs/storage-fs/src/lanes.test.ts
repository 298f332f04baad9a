import { expect, it } from 'vitest';
import { Lanes } from './lanes.js';

/** Work that stays until it is let go, in the order in which it was begun. */
function heldWork() {
  const held: { name: string; finish: PromiseWithResolvers<void> }[] = [];
  const begun: string[] = [];
  const work = (name: string) => {
    const finish = Promise.withResolvers<void>();
    held.push({ name, finish });
    begun.push(name);
    return finish.promise;
  };
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    begun,
    work,
    settle,
    async finishOne(): Promise<void> {
      held.shift()?.finish.resolve();
      await settle();
    },
    fail: (error: Error) => held.shift()?.finish.reject(error),
    inHand: () => held.length,
  };
}

it('are shared by all who ask, and each gets its turn', async () => {
  const lanes = new Lanes(2);
  const { begun, work, settle, finishOne, inHand } = heldWork();
  const all = [lanes.each(['a1', 'a2', 'a3', 'a4'], work), lanes.each(['b1', 'b2'], work)];
  await settle();
  expect(begun).toEqual(['a1', 'a2']);
  for (let turn = 0; turn < 6; turn += 1) {
    expect(inHand()).toBeLessThanOrEqual(2);
    await finishOne();
  }
  await Promise.all(all);
  expect(begun.toSorted()).toEqual(['a1', 'a2', 'a3', 'a4', 'b1', 'b2']);
  // Who comes second does not wait for all of the first one's.
  expect(begun.indexOf('b1')).toBeLessThan(begun.indexOf('a4'));
});

it('reject with the first failure once nothing of theirs runs any more, and serve the others', async () => {
  const lanes = new Lanes(2);
  const { work, settle, finishOne, fail } = heldWork();
  const failing = lanes.each(['a1', 'a2'], work);
  const outcome = failing.then(
    () => 'done',
    (error: Error) => error.message,
  );
  await settle();
  fail(new Error('EIO'));
  await settle();
  await finishOne();
  expect(await outcome).toBe('EIO');
  const next = lanes.each(['b1', 'b2'], work);
  await settle();
  await finishOne();
  await finishOne();
  await next;
});
