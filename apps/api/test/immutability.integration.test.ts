import { aName, anImage, createRepository, pushImageRows, pushRows } from '@stowage/metadata/testing';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openApi, ORIGIN, type SignedIn, signUp } from './open-api.js';

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
const ofNamespace = () => `/namespaces/${namespace}/immutability-rules`;
const ofRepository = (path: string) =>
  `/namespaces/${namespace}/repositories/${encodeURIComponent(path)}/immutability-rules`;
const aRule = (more: object = {}) => ({ repositories: ['**'], tags: ['v*'], except: ['v0*'], ...more });

async function push(path: string, tags: readonly string[]) {
  const repository = await createRepository(api.database, `${namespace}/${path}`);
  const image = anImage();
  await pushImageRows(api.database, repository, image, { tags });
  return { repository, image };
}

describe('immutability rules of a namespace', () => {
  it('are none at first, set by maintainers, and read by every member', async () => {
    const none = { rules: [], updatedAt: null, updatedBy: null };
    expect((await ask('GET', ofNamespace(), undefined, 'developer')).json).toEqual(none);
    const rules = [aRule(), { tags: ['*'], repositories: ['app/**'] }];
    const set = await ask('PUT', ofNamespace(), { rules }, 'maintainer');
    expect(set.status).toBe(200);
    expect(set.json).toEqual({
      rules: [aRule(), { tags: ['*'], repositories: ['app/**'], except: [] }],
      updatedAt: expect.any(String),
      updatedBy: people['maintainer']!.username,
    });
    expect((await ask('GET', ofNamespace(), undefined, 'developer')).json).toEqual(set.json);
    expect((await ask('PUT', ofNamespace(), { rules }, 'developer')).status).toBe(403);
    expect((await ask('POST', `${ofNamespace()}/preview`, { rules }, 'developer')).status).toBe(403);
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['PUT', '', { rules }],
      ['POST', '/preview', { rules }],
    ] as const) {
      expect((await ask(method, ofNamespace() + path, body, 'outsider')).status).toBe(404);
    }
  });

  it.each([
    ['no tags', { tags: [] }],
    ['a regular expression', { tags: ['^v[0-9]+$'] }],
    ['braces', { tags: ['{v,r}*'] }],
    ['a slash in a tag', { tags: ['a/b'] }],
    ['a pattern that is too long', { tags: ['a'.repeat(129)] }],
    ['a repository with its own slash', { repositories: ['/app'] }],
    ['"**" in a word', { repositories: ['app**'] }],
    ['a field that nobody knows', { regex: 'v.*' }],
  ])('are refused with %s', async (_, more) => {
    expect((await ask('PUT', ofNamespace(), { rules: [aRule(more)] })).status).toBe(400);
  });

  it('tell in a preview which tags they would hold, by pages, and change nothing', async () => {
    await push('app/web', ['v0.1', 'v1.0', 'v1.1', 'latest']);
    await push('tools', ['v1.0', 'edge']);
    const rules = [aRule({ repositories: ['app/**'] }), aRule({ tags: ['*'], except: ['latest', 'edge'] })];
    const whole = await ask('POST', `${ofNamespace()}/preview`, { rules });
    const expected = [
      { repository: 'app/web', tag: 'v0.1', rule: 1 },
      { repository: 'app/web', tag: 'v1.0', rule: 0 },
      { repository: 'app/web', tag: 'v1.1', rule: 0 },
      { repository: 'tools', tag: 'v1.0', rule: 1 },
    ];
    const counts = { heldByRule: [2, 2], heldTags: 4, tags: 6, isComplete: true };
    expect(whole.json).toEqual({ ...counts, items: expected, nextCursor: null });
    const first = await ask('POST', `${ofNamespace()}/preview?limit=3`, { rules });
    expect(first.json).toMatchObject({ ...counts, items: expected.slice(0, 3) });
    const rest = await ask('POST', `${ofNamespace()}/preview?limit=3&cursor=${String(first.json['nextCursor'])}`, {
      rules,
    });
    expect(rest.json).toMatchObject({ ...counts, items: expected.slice(3), nextCursor: null });
    expect((await ask('GET', ofNamespace())).json['rules']).toEqual([]);
  });

  it('refuse a deletion with the rule and where to see it, on every route', async () => {
    const { image } = await push('app', ['v1', 'latest']);
    await ask('PUT', ofNamespace(), { rules: [aRule()] });
    const repository = `/namespaces/${namespace}/repositories/app`;
    for (const path of ['/tags/v1', `/manifests/${image.digest}`]) {
      const refused = await ask('DELETE', repository + path);
      expect(refused.status).toBe(403);
      expect(refused.json['detail']).toBe(
        `the tag v1 of ${namespace}/app is immutable by the rule “v* except v0*” of the namespace ${namespace}: it stays at ` +
          `${image.digest}. Use another tag, or see the rules: ${ORIGIN}/n/${namespace}/tag-rules`,
      );
    }
    expect((await ask('DELETE', `${repository}/tags/latest`)).status).toBe(204);
    expect((await ask('GET', `${repository}/tags/v1`)).status).toBe(200);
  });
});

describe('immutability rules of a repository', () => {
  it('are those of the namespace that are about it, until it has its own', async () => {
    const { repository } = await push('team/app', ['v1', 'r1']);
    await ask('PUT', ofNamespace(), { rules: [aRule(), aRule({ repositories: ['secret-project'] })] });
    const inherited = await ask('GET', ofRepository('team/app'), undefined, 'developer');
    expect(inherited.json).toMatchObject({ inherited: true, rules: [{ tags: ['v*'], except: ['v0*'] }] });
    expect(inherited.text).not.toContain('secret-project');
    const own = { rules: [{ tags: ['r*'], except: [] }] };
    expect((await ask('PUT', ofRepository('team/app'), own, 'developer')).status).toBe(403);
    expect((await ask('PUT', ofRepository('team/app'), own, 'maintainer')).json).toMatchObject({
      ...own,
      inherited: false,
    });
    await pushImageRows(api.database, repository, anImage(), { tags: ['v1'] });
    await expect(pushImageRows(api.database, repository, anImage(), { tags: ['r1'] })).rejects.toThrow('immutable');
    const back = await ask('PUT', ofRepository('team/app'), { rules: null });
    expect(back.json).toMatchObject({ inherited: true, rules: [{ tags: ['v*'], except: ['v0*'] }] });
    expect((await ask('GET', ofRepository('team/app'), undefined, 'outsider')).status).toBe(404);
    expect((await ask('PUT', ofRepository('nothing'), own)).status).toBe(404);
  });

  it('are tried in a preview: its own, or those that it would inherit', async () => {
    await push('app', ['v0', 'v1', 'x']);
    await push('other', ['v1']);
    await ask('PUT', ofNamespace(), { rules: [aRule()] });
    const own = await ask('POST', `${ofRepository('app')}/preview`, { rules: [{ tags: ['x'] }] });
    expect(own.json).toMatchObject({ items: [{ repository: 'app', tag: 'x', rule: 0 }], tags: 3 });
    const inherited = await ask('POST', `${ofRepository('app')}/preview`, { rules: null });
    expect(inherited.json).toMatchObject({ items: [{ repository: 'app', tag: 'v1', rule: 0 }], heldByRule: [1] });
  });

  it('go along when the namespace gets another name', async () => {
    const { repository, image } = await push('app', ['v1']);
    await ask('PUT', ofNamespace(), { rules: [aRule()] });
    const next = aName('renamed');
    expect((await ask('POST', `/namespaces/${namespace}/rename`, { name: next })).status).toBeLessThan(300);
    namespace = next;
    expect((await ask('GET', ofNamespace())).json['rules']).toEqual([aRule()]);
    await pushRows(api.database, repository, image, { tags: ['v1'] });
    await expect(pushImageRows(api.database, repository, anImage(), { tags: ['v1'] })).rejects.toThrow('immutable');
  });
});
