import { aName, anImage, createRepository, pushImageRows } from '@stowage/metadata/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { openApi, type SignedIn, signUp } from './open-api.js';

const opened = openApi();
let administrator: SignedIn;
let owner: SignedIn;
let namespace: string;

beforeEach(async () => {
  [administrator, owner] = [await signUp(opened), await signUp(opened)];
  await opened.database.run((db) => db.user.update({ where: { id: administrator.id }, data: { isAdmin: true } }));
  namespace = aName('org');
  await asOwner('POST /namespaces', { name: namespace });
  const repository = await createRepository(opened.database, `${namespace}/app`);
  await pushImageRows(opened.database, repository, anImage(), { tags: ['v1', 'v2'], keptSeconds: 3600 });
});

const asOwner = (request: string, body?: object) =>
  opened.ask(request, { cookie: owner.cookie, ...(body ? { body } : {}) });
const asAdministrator = (request: string, body?: object) =>
  opened.ask(request, { cookie: administrator.cookie, ...(body ? { body } : {}) });
const trash = (rest = '') => `/admin/namespaces/${namespace}/trash${rest}`;
const deleteTag = (tag: string) => asOwner(`DELETE /namespaces/${namespace}/repositories/app/tags/${tag}`);
const onlyEntry = async () => {
  const { items } = (await asAdministrator(`GET ${trash()}`)).json as { items: { id: string; name: string }[] };
  expect(items).toHaveLength(1);
  return items[0]!;
};
const logOf = async (action: string) =>
  (await asOwner(`GET /namespaces/${namespace}/audit-events?action=${action}`)).json['items'];

describe('the trash of a namespace that an administrator is no member of', () => {
  it('is restored from, with the reason in the one audit row of the namespace', async () => {
    await deleteTag('v1');
    const entry = await onlyEntry();
    const restored = await asAdministrator(`POST ${trash(`/${entry.id}/restore`)}`, { reason: ' ticket 4711 ' });
    expect([restored.status, restored.json]).toEqual([200, { target: `${namespace}/app:v1`, left: [] }]);
    expect((await asOwner(`GET /namespaces/${namespace}/repositories/app/tags/v1`)).status).toBe(200);
    expect(await logOf('tag.restore')).toEqual([
      expect.objectContaining({
        actor: administrator.username,
        target: `${namespace}/app:v1`,
        detail: expect.objectContaining({ reason: 'ticket 4711' }) as unknown,
      }),
    ]);
    expect((await asAdministrator(`POST ${trash(`/${entry.id}/restore`)}`, { reason: 'again' })).status).toBe(404);
  });

  it('is purged from, with the reason, whatever kind the entry is', async () => {
    await deleteTag('v1');
    const tag = await onlyEntry();
    expect((await asAdministrator(`POST ${trash(`/${tag.id}/purge`)}`, { reason: 'a leaked key' })).json).toEqual({
      state: 'purged',
    });
    expect(await logOf('tag.purge')).toEqual([
      expect.objectContaining({
        actor: administrator.username,
        detail: expect.objectContaining({ reason: 'a leaked key', now: true }) as unknown,
      }),
    ]);
    expect((await asOwner(`DELETE /namespaces/${namespace}/repositories/app`)).status).toBe(204);
    const repository = await onlyEntry();
    await asAdministrator(`POST ${trash(`/${repository.id}/purge`)}`, { reason: 'abuse' });
    expect(await logOf('repository.purge')).toEqual([
      expect.objectContaining({ detail: { now: true, reason: 'abuse' } }),
    ]);
    expect((await asAdministrator(`GET ${trash()}`)).json['items']).toEqual([]);
  });

  it.each([[{}], [{ reason: '  ' }], [{ reason: 'x'.repeat(501) }], [{ reason: 'why', also: 1 }]])(
    'needs a reason and nothing else: %j',
    async (body) => {
      await deleteTag('v1');
      const { id } = await onlyEntry();
      for (const act of ['restore', 'purge'])
        expect((await asAdministrator(`POST ${trash(`/${id}/${act}`)}`, body)).status).toBe(400);
      expect((await onlyEntry()).id).toBe(id);
    },
  );

  it('knows no entry of another namespace', async () => {
    await deleteTag('v1');
    const { id } = await onlyEntry();
    const elsewhere = `/admin/namespaces/${owner.username}/trash/${id}`;
    for (const act of ['restore', 'purge'])
      expect((await asAdministrator(`POST ${elsewhere}/${act}`, { reason: 'why' })).status).toBe(404);
    expect((await asAdministrator('GET /admin/namespaces/nothing-here/trash')).status).toBe(404);
    expect((await onlyEntry()).id).toBe(id);
  });
});

describe('a repository with immutable tags', () => {
  it('is deleted by those who may change the rules, who see before how many go', async () => {
    const rules = [{ repositories: ['**'], tags: ['v1'], except: [] }];
    expect((await asOwner(`PUT /namespaces/${namespace}/immutability-rules`, { rules })).status).toBeLessThan(300);
    const repository = `/namespaces/${namespace}/repositories/app`;
    expect((await deleteTag('v1')).status).toBe(403);
    const preview = await asOwner(`GET ${repository}/delete-preview`);
    expect(preview.json).toMatchObject({ tags: 2, immutableTags: 1 });
    expect((await asOwner(`DELETE ${repository}`)).status).toBe(204);
    expect(await logOf('repository.delete')).toEqual([
      expect.objectContaining({ detail: expect.objectContaining({ tags: 2, immutableTags: 1 }) as unknown }),
    ]);
  });
});
