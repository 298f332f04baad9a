import { collectionRunSchema, collectionStatusSchema } from '@stowage/contracts';
import { CollectionLog } from '@stowage/metadata';
import { beforeAll, describe, expect, it } from 'vitest';
import { openApi, type SignedIn, signUp } from './open-api.js';

const opened = openApi();
const GC = '/admin/gc';

describe('garbage collection, for administrators (G7, G8)', () => {
  let administrator: SignedIn;
  let person: SignedIn;
  const ask = (line: string, body?: unknown) => opened.ask(line, { cookie: administrator.cookie, body });

  beforeAll(async () => {
    [administrator, person] = [await signUp(opened), await signUp(opened)];
    const { username } = administrator;
    await opened.database.run((db) => db.user.update({ where: { username }, data: { isAdmin: true } }));
  });

  it.each([`GET ${GC}`, `DELETE ${GC}/pause`, `GET ${GC}/runs`, `POST ${GC}/runs`, `GET ${GC}/runs/1`])(
    '%s is not for others',
    async (line) => {
      expect((await opened.ask(line)).status).toBe(401);
      expect((await opened.ask(line, { cookie: person.cookie })).status).toBe(403);
    },
  );

  it('shows what was freed, and pages through runs, the newest first', async () => {
    const log = new CollectionLog(opened.database);
    const counts = { reviewed: 4, deleted: 3, postponed: 1, failures: 0, bytes: 4_096 };
    await log.add(undefined, 'object_removal', counts);
    const { status, json } = await ask(`GET ${GC}`);
    expect(status).toBe(200);
    const state = collectionStatusSchema.parse(json);
    expect(state.pause).toBeNull();
    expect(state.backlog.map(({ queue }) => queue)).toEqual(['manifests', 'links', 'blobs', 'objects']);
    expect(state.freed.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(4_096);

    const started = await ask(`POST ${GC}/runs`, { dryRun: true });
    expect(started.status).toBe(202);
    const dry = collectionRunSchema.parse(started.json);
    expect(dry).toMatchObject({ kind: 'dry-run', state: 'queued', requestedBy: administrator.username });
    const first = (await ask(`GET ${GC}/runs?limit=1`)).json as { items: { id: string }[]; nextCursor: string };
    expect(first.items.map(({ id }) => id)).toEqual([dry.id]);
    const second = (await ask(`GET ${GC}/runs?limit=1&cursor=${first.nextCursor}`)).json as { items: unknown[] };
    expect(second.items).toMatchObject([
      { kind: 'hourly', freedBytes: 4_096, queues: [{ queue: 'objects', deleted: 3 }] },
    ]);
    expect((await ask(`GET ${GC}/runs/${dry.id}`)).json).toMatchObject({ id: dry.id, findings: null });
  });

  it('is paused with a reason, and starts no run meanwhile', async () => {
    expect((await ask(`PUT ${GC}/pause`, { reason: ' ' })).status).toBe(400);
    expect((await ask(`PUT ${GC}/pause`, { reason: 'a backup is restored', more: 1 })).status).toBe(400);
    const paused = await ask(`PUT ${GC}/pause`, { reason: 'a backup is restored' });
    expect(paused).toMatchObject({ status: 200, json: { pausedBy: administrator.username } });
    const refused = await ask(`POST ${GC}/runs`, {});
    expect(refused.status).toBe(409);
    expect(JSON.stringify(refused.json)).toContain('a backup is restored');
    expect((await ask(`DELETE ${GC}/pause`)).status).toBe(204);
    expect((await ask(`POST ${GC}/runs`, {})).json).toMatchObject({ kind: 'requested', state: 'queued' });
  });

  it.each(['0', '01', 'x', '-1', '99999999999999999999', '123456789'])('knows no run %s', async (id) => {
    expect((await ask(`GET ${GC}/runs/${id}`)).status).toBe(404);
  });
});
