import { expect, it } from 'vitest';
import { someRuns } from './support/some-runs.js';

it('runs that ended long ago are forgotten with their logs, and no others', async () => {
  const runs = await someRuns();
  const [old, recent, open] = [await runs.start(), await runs.start(), await runs.start()];
  await runs.database.run(async (db) => {
    const state = 'succeeded' as const;
    await db.jobRun.update({ where: { id: old }, data: { state, finishedAt: new Date(Date.now() - 91 * 86_400_000) } });
    await db.jobRun.update({
      where: { id: recent },
      data: { state, finishedAt: new Date(Date.now() - 89 * 86_400_000) },
    });
    await db.jobRunLog.create({ data: { runId: old, at: new Date(), isWarning: false, message: 'old' } });
  });
  expect(await runs.claims.prune(90)).toBe(1);
  expect(await runs.row(old)).toBeUndefined();
  expect(await runs.logOf(old)).toEqual([]);
  expect([(await runs.row(recent)).state, (await runs.row(open)).state]).toEqual(['succeeded', 'queued']);
});
