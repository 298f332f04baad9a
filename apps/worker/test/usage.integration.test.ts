import { Mailroom } from '@stowage/mail';
import { requestRecount, SYSTEM_ACTOR } from '@stowage/metadata';
import { describe, expect, it } from 'vitest';
import { warnOfUsage } from '../src/jobs/warn-of-usage.js';
import { aRegistry, eventually } from './support/a-registry.js';

const logger = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

describe('recount-usage', () => {
  it('comes by itself once, and repairs what differs, in words that people read (I6)', async () => {
    const registry = await aRegistry();
    await registry.openSession(1000);
    await registry.database.run((db) => db.namespaceUsage.updateMany({ data: { usedBytes: 77 } }));
    await registry.startWorker(3600);
    await eventually(async () => {
      const [run] = await registry.database.run((db) => db.jobRun.findMany({ where: { kind: 'recount-usage' } }));
      expect(run).toMatchObject({ state: 'succeeded', counters: { drifted: 1, driftBytes: 77 } });
    });
    const [usage] = await registry.database.run((db) => db.namespaceUsage.findMany());
    expect(usage).toMatchObject({ usedBytes: 0n, reservedBytes: 1000n });
    const lines = await registry.database.run((db) => db.jobRunLog.findMany({ where: { isWarning: true } }));
    expect(lines.map(({ message }) => message)).toEqual([
      'alice: 77 bytes were charged, the links say 0; 0 rows were wrong. Repaired.',
    ]);
    await registry.startWorker(3600);
    await eventually(async () => expect(await registry.database.run((db) => db.usageSample.count())).toBe(1));
    expect(await registry.database.run((db) => db.jobRun.count({ where: { kind: 'recount-usage' } }))).toBe(1);
  });

  it('is one run for all who ask for the same', async () => {
    const { database } = await aRegistry();
    const [one, other] = [
      await requestRecount(database, 'alice', SYSTEM_ACTOR),
      await requestRecount(database, 'alice', SYSTEM_ACTOR),
    ];
    expect(other).toEqual({ id: one?.id, isNew: false });
    expect(await requestRecount(database, 'nobody-here', SYSTEM_ACTOR)).toBeUndefined();
    expect(await database.run((db) => db.auditEvent.count({ where: { action: 'usage.recount' } }))).toBe(1);
  });
});

describe('warn-of-usage', () => {
  it('writes one letter to an owner with the numbers and the page (Q3)', async () => {
    const { database } = await aRegistry();
    const mailroom = await Mailroom.open(database, new URL('https://registry.example'));
    const job = warnOfUsage(database, mailroom);
    const turn = async () => job.perform({}, { signal: new AbortController().signal, logger });
    await database.run((db) => db.namespaceUsage.updateMany({ data: { usedBytes: 900_000 } }));
    expect(await turn()).toEqual({ warned: 1 });
    expect(await turn()).toEqual({ warned: 0 });
    const letters = await database.run((db) => db.mail.findMany());
    expect(letters.map(({ recipient }) => recipient)).toEqual(['alice@example.com']);
    const { subject, text } = mailroom.write(letters[0] as never);
    expect(subject).toBe('alice has used 90 % of its storage');
    expect(text).toContain('878.9 KiB of the 976.6 KiB');
    expect(text).toContain('https://registry.example/n/alice/usage');
  });
});
