import { pageOf, repositoryUsageSchema, usageSchema, usageSummarySchema } from '@stowage/contracts';
import { createRepository, pushImageRows, anImage } from '@stowage/metadata/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { openApi, type SignedIn, signUp } from './open-api.js';

const opened = openApi();
let owner: SignedIn;

beforeAll(async () => {
  owner = await signUp(opened);
  for (const path of ['a', 'b', 'c']) {
    const repository = await createRepository(opened.database, `${owner.username}/${path}`);
    await pushImageRows(opened.database, repository, anImage(), { tags: ['v1'] });
  }
});

const get = (path: string, cookie = owner.cookie) =>
  opened.ask(`GET /namespaces/${owner.username}/usage${path}`, { cookie });

describe('the usage of a namespace', () => {
  it('is told to its members with limits, repositories, what frees most and growth (Q1)', async () => {
    const usage = usageSchema.parse((await get('')).json);
    expect(usage.repositories.map(({ repository }) => repository).toSorted()).toEqual(['a', 'b', 'c']);
    expect(usage.largest).toHaveLength(3);
    expect(usage).toMatchObject({
      plan: 'standard',
      counts: { privateRepositories: 3, members: 1, robots: 0 },
      limitBytes: 1e9,
      separateBytes: usage.usedBytes,
      trashBytes: 0,
      growthBytesPerDay: null,
      fullOn: null,
    });
    const summary = usageSummarySchema.parse((await get('/summary')).json);
    expect(summary).toEqual({ usedBytes: usage.usedBytes, reservedBytes: 0, limitBytes: 1e9 });
  });

  it('comes by repository in pages', async () => {
    const first = pageOf(repositoryUsageSchema).parse((await get('/repositories?limit=2')).json);
    const second = pageOf(repositoryUsageSchema).parse(
      (await get(`/repositories?limit=2&cursor=${first.nextCursor ?? ''}`)).json,
    );
    const seen = [...first.items, ...second.items].map(({ repository }) => repository);
    expect(seen.toSorted()).toEqual(['a', 'b', 'c']);
    expect(second.nextCursor).toBeNull();
    expect((await get(`/repositories?cursor=${Buffer.from('nonsense').toString('base64url')}`)).status).toBe(400);
    expect((await get('/repositories?sort=size')).status).toBe(400);
  });

  it('is nobody else’s business', async () => {
    const other = await signUp(opened);
    for (const path of ['', '/summary', '/repositories']) expect((await get(path, other.cookie)).status).toBe(404);
  });
});

describe('a recount', () => {
  it('is started by administrators, of one namespace or of all, and once (I6)', async () => {
    const administrator = await signUp(opened);
    const recount = (body: object) => opened.ask('POST /admin/usage-recounts', { cookie: administrator.cookie, body });
    expect((await recount({})).status).toBe(403);
    await opened.database.run((db) => db.user.update({ where: { id: administrator.id }, data: { isAdmin: true } }));
    const [all, again, one] = [await recount({}), await recount({}), await recount({ namespace: owner.username })];
    expect([all.status, again.status, one.status]).toEqual([202, 202, 202]);
    expect(again.json['id']).toBe(all.json['id']);
    expect(one.json['id']).not.toBe(all.json['id']);
    expect((await recount({ namespace: 'nobody-has-this' })).status).toBe(404);
    expect((await recount({ everything: true })).status).toBe(400);
  });
});
