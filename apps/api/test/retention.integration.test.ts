import { aName, anImage, createRepository, pushImageRows } from '@stowage/metadata/testing';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openApi, type SignedIn, signUp } from './open-api.js';

const api = openApi();
const people: Record<string, SignedIn> = {};
let namespace: string;

beforeAll(async () => {
  for (const role of ['owner', 'maintainer', 'developer', 'outsider']) people[role] = await signUp(api);
});
beforeEach(async () => {
  namespace = aName('org');
  await ask('POST', '/namespaces', { name: namespace });
  for (const role of ['maintainer', 'developer']) {
    await ask('PUT', `/namespaces/${namespace}/members/${people[role]!.username}`, { role });
  }
});

const ask = (method: string, path: string, body?: unknown, by = 'owner') =>
  api.ask(`${method} ${path}`, { cookie: people[by]!.cookie, ...(body === undefined ? {} : { body }) });
const ofNamespace = () => `/namespaces/${namespace}/retention-policy`;
const ofRepository = (path: string) =>
  `/namespaces/${namespace}/repositories/${encodeURIComponent(path)}/retention-policy`;
const GUARDS = { latest: true, inIndex: true, pulledWithinDays: null };
const aRule = (more: object = {}) => ({
  repositories: ['**'],
  tags: ['*'],
  except: [],
  keep: { kind: 'newest-pushed', count: 2 },
  ...more,
});
const aPolicy = (rules: object[] = [aRule()], more: object = {}) => ({
  rules,
  guards: GUARDS,
  schedule: null,
  ...more,
});

async function push(path: string, tags: readonly string[]) {
  const repository = await createRepository(api.database, `${namespace}/${path}`);
  const images = [];
  for (const tag of tags) {
    const image = anImage();
    await pushImageRows(api.database, repository, image, { tags: [tag] });
    images.push(image);
  }
  return images.map((image) => image.bytes.length + image.blobs.reduce((sum, { size }) => sum + size, 0));
}

describe('the retention policy of a namespace', () => {
  it('is none at first, set by maintainers with one audit row, and read by every member', async () => {
    const none = { policy: null, inherited: false, nextRunAt: null, updatedAt: null, updatedBy: null };
    expect((await ask('GET', ofNamespace(), undefined, 'developer')).json).toEqual(none);
    const policy = aPolicy([aRule()], { schedule: '0 3 * * *' });
    for (let twice = 0; twice < 2; twice += 1) {
      const set = await ask('PUT', ofNamespace(), { policy }, 'maintainer');
      expect(set.json).toMatchObject({ policy, updatedBy: people['maintainer']!.username });
      expect(String(set.json['nextRunAt'])).toMatch(/T03:00:00\.000Z$/);
    }
    expect((await ask('PUT', ofNamespace(), { policy: null })).json).toEqual(none);
    const { json } = await ask('GET', `/namespaces/${namespace}/audit-events?action=retention`);
    const said = { rules: ['*: newest-pushed count 2'], guards: ['latest', 'in an index'], schedule: '0 3 * * *' };
    expect(json['items']).toMatchObject([
      { action: 'retention.update', target: namespace, detail: { before: said, after: null } },
      { action: 'retention.update', target: namespace, detail: { before: null, after: said } },
    ]);
  });

  it('is nothing that developers change, and does not exist for outsiders', async () => {
    for (const [method, path] of [
      ['PUT', ofNamespace()],
      ['POST', `${ofNamespace()}/preview`],
    ] as const) {
      expect((await ask(method, path, { policy: aPolicy() }, 'developer')).status).toBe(403);
      expect((await ask(method, path, { policy: aPolicy() }, 'outsider')).status).toBe(404);
    }
    expect((await ask('POST', `${ofNamespace()}/runs`, undefined, 'developer')).status).toBe(403);
    expect((await ask('GET', `/namespaces/${namespace}/retention-results`, undefined, 'outsider')).status).toBe(404);
  });

  it.each([
    ['schedule', aPolicy([], { schedule: 'every night' })],
    ['schedule', aPolicy([], { schedule: '* * * * * *' })],
    ['range', aPolicy([aRule({ keep: { kind: 'versions-in', range: 'new ones' } })])],
    ['count', aPolicy([aRule({ keep: { kind: 'newest-pushed', count: 0 } })])],
    ['kind', aPolicy([aRule({ keep: { kind: 'regex' } })])],
    ['rules', { ...aPolicy(), rules: undefined }],
  ])('is refused with another %s than one that means something', async (field, policy) => {
    const refused = await ask('PUT', ofNamespace(), { policy });
    expect(refused.status).toBe(400);
    expect(refused.text).toContain(field);
  });

  it('tells in a preview what would happen to each tag, why, and how many bytes would be free', async () => {
    const [first, second] = await push('app', ['v1', 'v2', 'v3', 'latest']);
    await push('team/web', ['v1', 'pr-1']);
    const rules = [aRule({ repositories: ['app'] }), aRule({ tags: ['pr-*'], keep: { kind: 'never' } })];
    const immutable = { rules: [{ tags: ['v2'], repositories: ['**'] }] };
    await ask('PUT', `/namespaces/${namespace}/immutability-rules`, immutable);
    const whole = await ask('POST', `${ofNamespace()}/preview`, { policy: aPolicy(rules) });
    const items = whole.json['items'] as Record<string, unknown>[];
    expect(
      items.map(({ repository, tag, decision, exclusiveBytes }) => [repository, tag, decision, exclusiveBytes]),
    ).toEqual([
      ['app', 'latest', { by: 'rule', rule: 0 }, null],
      ['app', 'v1', { by: 'rule', rule: 0 }, first],
      ['app', 'v2', { by: 'guard', guard: 'immutable' }, null],
      ['app', 'v3', { by: 'rule', rule: 0 }, null],
      ['team/web', 'pr-1', { by: 'rule', rule: 1 }, expect.any(Number)],
      ['team/web', 'v1', { by: 'no-rule' }, null],
    ]);
    expect(items.map(({ verdict }) => verdict)).toEqual(['keep', 'delete', 'keep', 'keep', 'delete', 'keep']);
    const freed = first! + Number(items[4]!['exclusiveBytes']);
    expect(whole.json).toMatchObject({
      tags: 6,
      deletedTags: 2,
      freedBytes: freed,
      isComplete: true,
      nextCursor: null,
    });
    const page = await ask('POST', `${ofNamespace()}/preview?verdict=delete&limit=1`, { policy: aPolicy(rules) });
    expect(page.json['items']).toEqual([items[1]]);
    const next = `${ofNamespace()}/preview?verdict=delete&limit=1&cursor=${String(page.json['nextCursor'])}`;
    expect((await ask('POST', next, { policy: aPolicy(rules) })).json).toMatchObject({
      items: [items[4]],
      nextCursor: null,
    });
    expect(second).toBeGreaterThan(0);
    expect((await ask('GET', ofNamespace())).json['policy']).toBeNull();
  });

  it('is applied when somebody says so: one run, which a second click finds', async () => {
    const early = await ask('POST', `${ofNamespace()}/runs`);
    expect(early.status).toBe(409);
    await ask('PUT', ofNamespace(), { policy: aPolicy() });
    const started = await ask('POST', `${ofNamespace()}/runs`, undefined, 'maintainer');
    expect(started).toMatchObject({ status: 202, json: { isNew: true } });
    expect((await ask('POST', `${ofNamespace()}/runs`)).json).toEqual({ ...started.json, isNew: false });
    expect((await ask('GET', `/namespaces/${namespace}/retention-results`)).json).toEqual({
      items: [],
      nextCursor: null,
    });
  });
});

describe('the retention policy of a repository', () => {
  it('is that of the namespace, until it has its own; the namespace then leaves it alone', async () => {
    await push('app', ['v1', 'v2', 'v3']);
    await ask('PUT', ofNamespace(), { policy: aPolicy([aRule(), aRule({ repositories: ['secret-project'] })]) });
    const inherited = await ask('GET', ofRepository('app'), undefined, 'developer');
    expect(inherited.json).toMatchObject({ inherited: true, policy: aPolicy() });
    expect(inherited.text).not.toContain('secret-project');
    expect((await ask('POST', `${ofRepository('app')}/runs`)).status).toBe(409);
    const own = aPolicy([aRule({ keep: { kind: 'never' } })]);
    expect((await ask('PUT', ofRepository('app'), { policy: own }, 'maintainer')).json).toMatchObject({
      inherited: false,
      policy: own,
    });
    const tried = await ask('POST', `${ofRepository('app')}/preview`, { policy: own });
    expect(tried.json).toMatchObject({ tags: 3, deletedTags: 3 });
    expect((await ask('POST', `${ofRepository('app')}/preview`, { policy: null })).json).toMatchObject({
      deletedTags: 1,
    });
    expect((await ask('POST', `${ofNamespace()}/preview`, { policy: aPolicy() })).json).toMatchObject({ tags: 0 });
    expect((await ask('POST', `${ofRepository('app')}/runs`)).status).toBe(202);
    expect((await ask('PUT', ofRepository('app'), { policy: null })).json).toMatchObject({ inherited: true });
  });
});
