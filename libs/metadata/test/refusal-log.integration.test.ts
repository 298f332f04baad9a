import { describe, expect, it } from 'vitest';
import { RefusalLog } from '../src/auditing/refusal-log.js';
import { aName } from '../src/testing/index.js';
import { SYSTEM_ACTOR } from '../src/actor.js';
import { openDatabase } from './open-database.js';

const opened = openDatabase();

async function rowsOf(action: string): Promise<{ target: string; more: boolean }[]> {
  return opened.database.prepared(
    'test_refusals',
    `SELECT target, coalesce((detail ->> 'more')::boolean, false) AS more FROM audit_event WHERE action = $1 ORDER BY id`,
    [action],
  );
}

/** `times` refusals with nothing in common but what is given. */
async function refuse(log: RefusalLog, times: number, fixed: { action: string; source?: string; target?: string }) {
  for (let at = 0; at < times; at += 1) {
    const { action, source = aName('s'), target = aName('t') } = fixed;
    await log.record({ actor: SYSTEM_ACTOR, action, source, target });
  }
}

describe('RefusalLog', () => {
  it('writes ten rows an hour about the same thing, whichever replica sees it', async () => {
    const [action, source, target] = [aName('a'), 's', 't'];
    const replicas = [new RefusalLog(opened.database), new RefusalLog(opened.database)];
    for (const replica of replicas) await refuse(replica, 8, { action, source, target });
    expect((await rowsOf(action)).map(({ more }) => more)).toEqual([...Array<boolean>(9).fill(false), true]);
    await refuse(replicas[0]!, 1, { action, source, target: 'another' });
    expect((await rowsOf(action)).at(-1)).toEqual({ target: 'another', more: false });
  });

  it('writes a hundred rows an hour from one source', async () => {
    const action = aName('a');
    await refuse(new RefusalLog(opened.database), 120, { action, source: 's' });
    expect(await rowsOf(action)).toHaveLength(100);
  });

  it('writes again when the hour is over', async () => {
    const action = aName('a');
    await refuse(new RefusalLog(opened.database), 12, { action, source: 's', target: 't' });
    await opened.database.run((db) => db.$executeRaw`UPDATE rate_window SET ends_at = now()`);
    await refuse(new RefusalLog(opened.database), 1, { action, source: 's', target: 't' });
    expect(await rowsOf(action)).toHaveLength(11);
  });

  it('asks Postgres nothing about what is full', async () => {
    const [action, log] = [aName('a'), new RefusalLog(opened.database)];
    await refuse(log, 11, { action, source: 's', target: 't' });
    const windows = () =>
      opened.database.prepared('test_windows', 'SELECT key, count FROM rate_window ORDER BY key', []);
    const before = await windows();
    await refuse(log, 50, { action, source: 's', target: 't' });
    expect(await windows()).toEqual(before);
  });
});
