import { expect, test } from 'vitest';
import { CleanUp } from './clean-up.js';

test('undoes the last first, each once and one at a time, however many ask', async () => {
  const [cleanUp, done, gate] = [new CleanUp(), [] as string[], Promise.withResolvers<void>()];
  cleanUp.add(async () => done.push('folder'));
  cleanUp.add(async () => {
    await gate.promise;
    done.push('process');
  });
  const runs = [cleanUp.run(), cleanUp.run()];
  expect(done).toEqual([]);
  gate.resolve();
  await Promise.all(runs);
  expect(done).toEqual(['process', 'folder']);
});

test('goes on after a step that fails, and throws what went wrong first', async () => {
  const [cleanUp, done] = [new CleanUp(), [] as string[]];
  cleanUp.add(async () => done.push('folder'));
  cleanUp.add(() => Promise.reject(new Error('second')));
  cleanUp.add(() => Promise.reject(new Error('first')));
  await expect(cleanUp.run()).rejects.toThrow('first');
  expect(done).toEqual(['folder']);
});
