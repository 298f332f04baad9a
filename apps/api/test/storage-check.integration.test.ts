import { storageFindingsSchema } from '@stowage/contracts';
import { StorageInventory } from '@stowage/metadata';
import { aBlob } from '@stowage/metadata/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { openApi, type SignedIn, signUp } from './open-api.js';

const opened = openApi();
const FINDINGS = 'GET /admin/gc/storage';
const START = 'POST /admin/gc/storage-checks';

describe('the check of the storage, for administrators (G6)', () => {
  let administrator: SignedIn;
  let person: SignedIn;
  const ask = (line: string) => opened.ask(line, { cookie: administrator.cookie });
  const audited = () => opened.database.run((db) => db.auditEvent.findMany({ where: { action: 'storage.check' } }));
  const runs = () => opened.database.run((db) => db.jobRun.findMany({ where: { kind: 'storage-check' } }));

  beforeAll(async () => {
    [administrator, person] = [await signUp(opened), await signUp(opened)];
    const { username } = administrator;
    await opened.database.run((db) => db.user.update({ where: { username }, data: { isAdmin: true } }));
  });

  it.each([FINDINGS, START])('%s is not for others, and starts nothing for them', async (line) => {
    expect((await opened.ask(line)).status).toBe(401);
    expect((await opened.ask(line, { cookie: person.cookie })).status).toBe(403);
    expect(await runs()).toEqual([]);
    expect(await audited()).toEqual([]);
  });

  it('starts one run, which says who asked for it, with one row of the audit log', async () => {
    const started = await ask(START);
    expect(started.status).toBe(202);
    const { id } = started.json as { id: string };
    // Asked again while it is not over: the same run, and nothing has changed.
    expect(await ask(START)).toMatchObject({ status: 202, json: { id } });
    expect((await ask(`GET /admin/jobs/${id}`)).json).toMatchObject({
      id,
      kind: 'storage-check',
      state: 'queued',
      requestedBy: administrator.username,
    });
    expect(await runs()).toHaveLength(1);
    expect(await audited()).toMatchObject([{ target: 'storage', namespaceId: null, detail: { after: { run: id } } }]);
  });

  it('shows what is lost before strays, with their counts', async () => {
    const [stray, lost] = [aBlob(), aBlob()];
    const inventory = new StorageInventory(opened.database);
    expect((await ask(FINDINGS)).json).toEqual({ stray: 0, missing: 0, damaged: 0, items: [] });
    await inventory.noteStrays([{ ...stray, generation: 'nobody' }]);
    const { digest, size } = lost;
    const row = { digest, size, generation: 'lost' };
    await opened.database.run((db) => db.blob.create({ data: row }));
    expect(await inventory.condemn(row, 'missing')).toBe(true);
    const { status, json } = await ask(FINDINGS);
    expect(status).toBe(200);
    expect(storageFindingsSchema.parse(json)).toMatchObject({
      stray: 1,
      missing: 1,
      damaged: 0,
      items: [
        { kind: 'missing', digest, size },
        { kind: 'stray', digest: stray.digest, size: stray.size },
      ],
    });
  });
});
