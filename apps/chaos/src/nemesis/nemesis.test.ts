import { expect, test } from 'vitest';
import { Random } from '../random.js';
import type { AppProcess } from '../topology/app-process.js';
import { type Fault, type Lane, workLane } from './nemesis.js';
import { Victims } from './victims.js';

/** Ends the run after so many strikes. */
function lane(strikes: number, over: AbortController, drawn: number[] = []): Lane {
  let left = strikes;
  return {
    name: 'test',
    everySeconds: [0, 0],
    strike: async (random) => {
      drawn.push(random.between(0, 999));
      left -= 1;
      if (left === 0) over.abort();
      return { f: 'strike', target: `number ${strikes - left}` };
    },
  };
}

async function work(seed: number): Promise<{ faults: Fault[]; drawn: number[] }> {
  const [over, faults, drawn]: [AbortController, Fault[], number[]] = [new AbortController(), [], []];
  const onFault = (fault: Fault) => void faults.push(fault);
  await workLane(lane(3, over, drawn), new Random(seed, 'lane'), { signal: over.signal, onFault });
  return { faults, drawn };
}

test('a lane strikes until the end, and tells each fault with its times', async () => {
  const { faults } = await work(1);
  expect(faults.map(({ target }) => target)).toEqual(['number 1', 'number 2', 'number 3']);
  for (const { tStart, tEnd } of faults) expect(tEnd).toBeGreaterThanOrEqual(tStart);
});

test('a seed strikes in the same way again', async () => {
  expect((await work(1)).drawn).toEqual((await work(1)).drawn);
  expect((await work(1)).drawn).not.toEqual((await work(2)).drawn);
});

test('a pause ends with the run', async () => {
  const over = new AbortController();
  const struck: boolean[] = [];
  const patient: Lane = {
    name: 'patient',
    everySeconds: [0, 0],
    strike: async (_random, wait) => {
      queueMicrotask(() => over.abort());
      await wait(100_000);
      struck.push(true);
      return undefined;
    },
  };
  await workLane(patient, new Random(1), { signal: over.signal, onFault: () => undefined });
  expect(struck).toEqual([true]);
});

test('one replica is always left alone, and each is harmed by one hand at a time', async () => {
  const registries = [{}, {}, {}] as AppProcess[];
  const victims = new Victims(registries);
  const random = new Random(1, 'victims');
  const gate = Promise.withResolvers<void>();
  const harmed = new Set<AppProcess>();
  const harm = () =>
    victims.take(random, async (registry) => {
      harmed.add(registry);
      await gate.promise;
      return 'harmed';
    });
  const hands = [harm(), harm(), harm()];
  expect(await hands[2]).toBeUndefined();
  gate.resolve();
  expect(await Promise.all(hands)).toEqual(['harmed', 'harmed', undefined]);
  expect(harmed.size).toBe(2);
  expect(await harm()).toBe('harmed');
});
