import { describe, expect, it } from 'vitest';
import { PasswordQueue, PasswordQueueFullError } from './password-queue.js';

/** Lets everything that can go on without the gates go on. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

function newGate() {
  let resolve = () => {};
  let reject = (_reason: Error) => {};
  const promise = new Promise<void>((onOpen, onBreak) => {
    resolve = onOpen;
    reject = onBreak;
  });
  return { promise, resolve, reject };
}

function gatedTasks(queue: PasswordQueue, count: number) {
  const started: number[] = [];
  const gates = Array.from({ length: count }, () => newGate());
  const results = gates.map((gate, at) =>
    queue.run(async () => {
      started.push(at);
      await gate.promise;
      return at;
    }),
  );
  return { started, gates, results };
}

describe('PasswordQueue', () => {
  it('runs as many as it may, and the others in order of arrival', async () => {
    const { started, gates, results } = gatedTasks(new PasswordQueue({ concurrency: 2, maxQueued: 10 }), 4);
    await settle();
    expect(started).toEqual([0, 1]);
    gates[1]?.resolve();
    await settle();
    expect(started).toEqual([0, 1, 2]);
    for (const gate of gates) gate.resolve();
    expect(await Promise.all(results)).toEqual([0, 1, 2, 3]);
  });

  it('turns away what does not fit, without running it, and takes more later', async () => {
    const queue = new PasswordQueue({ concurrency: 1, maxQueued: 1 });
    const { started, gates, results } = gatedTasks(queue, 3);
    await expect(results[2]).rejects.toThrow(PasswordQueueFullError);
    for (const gate of gates) gate.resolve();
    expect(await Promise.all(results.slice(0, 2))).toEqual([0, 1]);
    expect(started).toEqual([0, 1]);
    expect(await queue.run(async () => 'later')).toBe('later');
  });

  it('gives the place on when a task fails', async () => {
    const queue = new PasswordQueue({ concurrency: 1, maxQueued: 1 });
    const { gates, results } = gatedTasks(queue, 2);
    gates[0]?.reject(new Error('broken'));
    gates[1]?.resolve();
    await expect(results[0]).rejects.toThrow('broken');
    expect(await results[1]).toBe(1);
  });
});
