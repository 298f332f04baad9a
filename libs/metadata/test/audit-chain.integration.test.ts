import { describe, expect, it } from 'vitest';
import {
  AuditSeals,
  type AuditVerification,
  AuditVerifier,
  type Database,
  markRedacted,
  recordAudit,
  SYSTEM_ACTOR,
} from '../src/index.js';
import { openDatabase } from './open-database.js';

const opened = openDatabase();

/** Nobody writes beside these tests, so every row is settled when it is sealed. */
const SETTLED = 0;

async function write(database: Database, targets: readonly string[]): Promise<bigint[]> {
  const ids: bigint[] = [];
  for (const target of targets) {
    await database.statements((tx) =>
      recordAudit(tx, { actor: SYSTEM_ACTOR, action: 'test.act', namespaceId: null, target, detail: { n: 1 } }),
    );
    const [row] = await database.prepared<{ id: string }>(
      'test_id',
      'SELECT max(id)::text AS id FROM audit_event WHERE target = $1',
      [target],
    );
    ids.push(BigInt(row?.id ?? 0));
  }
  return ids;
}

/** A log of its own: three seals of two events. */
async function aChain(): Promise<{ database: Database; ids: bigint[]; verify: () => Promise<AuditVerification> }> {
  const { database } = opened;
  await database.run((db) => db.$executeRaw`TRUNCATE audit_event, audit_seal, audit_seal_entry, audit_redaction`);
  const ids: bigint[] = [];
  for (const part of ['a', 'b', 'c']) {
    ids.push(...(await write(database, [`${part}1`, `${part}2`])));
    expect(await new AuditSeals(database, SETTLED).seal()).toBe(2);
  }
  return { database, ids, verify: () => new AuditVerifier(database, SETTLED).verify() };
}

const change = (database: Database, sql: string, ...values: unknown[]) =>
  database.run((db) => db.$executeRawUnsafe(sql, ...values));

describe('the chain over the audit log', () => {
  it('holds while nothing is changed, and counts what is not sealed yet', async () => {
    const { database, verify } = await aChain();
    expect(await verify()).toMatchObject({ sealedEvents: 6, openEvents: 0, head: { sequence: 3 }, firstBreak: null });
    await write(database, ['later']);
    expect(await verify()).toMatchObject({ openEvents: 1, head: { sequence: 3 }, firstBreak: null });
    await new AuditSeals(database, SETTLED).seal();
    expect(await verify()).toMatchObject({ sealedEvents: 7, openEvents: 0, head: { sequence: 4 }, firstBreak: null });
    expect(await new AuditSeals(database, SETTLED).seal()).toBe(0);
  });

  it.each([
    `target = 'x'`,
    `actor_name = 'mallory'`,
    `at = at + interval '1 microsecond'`,
    `detail = '{"n": 2}'`,
    `action = 'test.other'`,
    `address = '192.0.2.1'`,
    `namespace_id = gen_random_uuid()`,
    `actor_kind = 'robot'`,
  ])('names the first row that was changed: %s', async (assignment) => {
    const { database, ids, verify } = await aChain();
    await change(database, `UPDATE audit_event SET ${assignment} WHERE id IN ($1, $2)`, ids[3], ids[5]);
    expect((await verify()).firstBreak).toEqual({ sequence: 2, eventId: String(ids[3]), what: 'event changed' });
  });

  it('names a row that was removed, and one that was put in later', async () => {
    const removed = await aChain();
    await change(removed.database, 'DELETE FROM audit_event WHERE id = $1', removed.ids[2]);
    expect((await removed.verify()).firstBreak).toEqual({
      sequence: 2,
      eventId: String(removed.ids[2]),
      what: 'event missing',
    });
    const added = await aChain();
    await change(added.database, `INSERT INTO audit_event (id, action, target, detail) VALUES (-1, 'x.y', 'x', '{}')`);
    expect((await added.verify()).firstBreak).toEqual({ sequence: null, eventId: '-1', what: 'event added' });
  });

  it('names the seal when somebody changes a row and its digest', async () => {
    const { database, ids, verify } = await aChain();
    await change(database, `UPDATE audit_seal_entry SET digest = sha256('x') WHERE event_id = $1`, ids[2]);
    await change(database, `DELETE FROM audit_event WHERE id = $1`, ids[4]);
    expect((await verify()).firstBreak).toMatchObject({ sequence: 2, eventId: String(ids[2]) });
    await change(database, 'DELETE FROM audit_seal_entry WHERE event_id = $1', ids[2]);
    expect((await verify()).firstBreak).toEqual({ sequence: 2, eventId: null, what: 'seal changed' });
  });

  it('names a seal that was removed or made again', async () => {
    const removed = await aChain();
    await change(removed.database, 'DELETE FROM audit_seal WHERE id = 2');
    expect((await removed.verify()).firstBreak).toEqual({ sequence: 2, eventId: null, what: 'seal missing' });
    const first = await aChain();
    await change(first.database, 'DELETE FROM audit_seal WHERE id = 1');
    expect((await first.verify()).firstBreak).toEqual({ sequence: 1, eventId: null, what: 'seal missing' });
    const moved = await aChain();
    await change(moved.database, `UPDATE audit_seal SET sealed_at = sealed_at - interval '1 day' WHERE id = 2`);
    expect((await moved.verify()).firstBreak).toEqual({ sequence: 2, eventId: null, what: 'seal changed' });
  });

  it('that was made anew as a whole is not the one whose head somebody has kept', async () => {
    const { database, ids, verify } = await aChain();
    const { head } = await verify();
    await change(database, 'DELETE FROM audit_event WHERE id = $1', ids[5]);
    await change(database, 'TRUNCATE audit_seal, audit_seal_entry');
    await new AuditSeals(database, SETTLED).seal();
    expect((await verify()).firstBreak).toBeNull();
    const known = { sequence: head!.sequence, root: head!.root };
    expect((await new AuditVerifier(database, SETTLED).verify(known)).firstBreak).toMatchObject({
      what: 'seal changed',
    });
  });

  it('goes on over a row that was redacted on purpose, and sees what is changed after that', async () => {
    const { database, ids, verify } = await aChain();
    await database.transaction(async (tx) => {
      await tx.$executeRaw`UPDATE audit_event SET actor_name = 'deleted-1' WHERE id = ${ids[1]}`;
      await markRedacted(tx, [ids[1]!]);
    });
    expect(await verify()).toMatchObject({ redactedEvents: 1, firstBreak: null });
    await new AuditSeals(database, SETTLED).seal();
    expect(await verify()).toMatchObject({ redactedEvents: 1, head: { sequence: 4 }, firstBreak: null });
    await change(database, `UPDATE audit_event SET actor_name = 'somebody' WHERE id = $1`, ids[1]);
    expect((await verify()).firstBreak).toEqual({ sequence: 1, eventId: String(ids[1]), what: 'event changed' });
  });

  it('takes in what commits late, out of order, and seals nothing twice with several sealers', async () => {
    const { database, verify } = await aChain();
    const seals = () => new AuditSeals(database, 600).seal();
    const gate = Promise.withResolvers<void>();
    const written = Promise.withResolvers<void>();
    const late = database.transaction(async (tx) => {
      await recordAudit(tx, { actor: SYSTEM_ACTOR, action: 'test.act', namespaceId: null, target: 'late' });
      written.resolve();
      await gate.promise;
    });
    await written.promise;
    await write(database, ['early']);
    expect(await seals()).toBe(1);
    gate.resolve();
    await late;
    await Promise.all([seals(), seals(), seals()]);
    const missed = await database.prepared(
      'test_missed',
      'SELECT 1 FROM audit_event e WHERE NOT EXISTS (SELECT 1 FROM audit_seal_entry t WHERE t.event_id = e.id)',
      [],
    );
    expect(missed).toEqual([]);
    expect(await verify()).toMatchObject({ sealedEvents: 8, openEvents: 0, firstBreak: null });
  });
});
