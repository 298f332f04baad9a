import { aName } from '@stowage/metadata/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { openApi, type SignedIn, signUp } from './open-api.js';

const opened = openApi();
let owner: SignedIn;
let org: string;

beforeAll(async () => {
  owner = await signUp(opened);
  org = aName('org');
  await opened.ask('POST /namespaces', { cookie: owner.cookie, body: { name: org } });
});

const robots = () => `/namespaces/${org}/robots`;
const as = (line: string, body?: unknown) =>
  opened.ask(line, { cookie: owner.cookie, ...(body === undefined ? {} : { body }) });
const all = () => [{ repository: `${org}/*`, actions: ['pull', 'push'] }];

async function create(body: object = {}) {
  const answer = await as(`POST ${robots()}`, { name: aName('bot'), grants: all(), ...body });
  expect([answer.status, answer.text]).toEqual([201, answer.text]);
  return answer.json as { name: string; secret: string; login: string; expiresAt: string; secrets: { id: string }[] };
}

describe('robots', () => {
  it('are made with a secret that no other answer holds, and last a year unless somebody says otherwise', async () => {
    const { name, secret, login, expiresAt } = await create({ description: 'builds' });
    expect(secret).toMatch(/^stw_bot_[0-9A-Za-z]{38}$/);
    expect(login).toBe(`${org}.${name}`);
    expect(Math.round((Date.parse(expiresAt) - Date.now()) / 86_400_000)).toBe(365);
    const list = await as(`GET ${robots()}`);
    expect(list.text).toContain(login);
    expect(list.text).not.toContain(secret);
    const audit = await as(`GET /namespaces/${org}/audit-events`);
    expect(audit.text).toContain('robot.create');
    expect(audit.text).not.toContain(secret);
  });

  it('are listed by name, page by page', async () => {
    const made = [(await create()).name, (await create()).name, (await create()).name].sort();
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = `limit=2${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
      const page = (await as(`GET ${robots()}?${query}`)).json as {
        items: { name: string }[];
        nextCursor: string | null;
      };
      seen.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen.filter((name) => made.includes(name))).toEqual(made);
    expect(seen).toEqual([...new Set(seen)].sort());
  });

  it('are changed, switched off and on, and deleted', async () => {
    const { name } = await create();
    const grants = [{ repository: `${org}/team/*`, actions: ['delete'] }];
    const changed = await as(`PATCH ${robots()}/${name}`, { grants, description: 'sweeps', expiresInDays: null });
    expect(changed.json).toMatchObject({ grants, description: 'sweeps', expiresAt: null, disabledAt: null });
    expect((await as(`PATCH ${robots()}/${name}`, { disabled: true })).json['disabledAt']).toEqual(expect.any(String));
    expect((await as(`PATCH ${robots()}/${name}`, { disabled: false })).json['disabledAt']).toBeNull();
    expect((await as(`DELETE ${robots()}/${name}`)).status).toBe(204);
    expect((await as(`DELETE ${robots()}/${name}`)).status).toBe(404);
    expect((await create({ name })).name).toBe(name);
  });

  it('have two secrets at most, each shown once', async () => {
    const { name, secret, secrets } = await create();
    const second = await as(`POST ${robots()}/${name}/secrets`);
    expect(second.status).toBe(201);
    expect(second.json['secret']).not.toBe(secret);
    const third = await as(`POST ${robots()}/${name}/secrets`);
    expect([third.status, third.text]).toEqual([409, expect.stringContaining('Take one back first')]);
    expect((await as(`DELETE ${robots()}/${name}/secrets/${secrets[0]!.id}`)).status).toBe(204);
    expect((await as(`DELETE ${robots()}/${name}/secrets/${secrets[0]!.id}`)).status).toBe(404);
    expect((await as(`DELETE ${robots()}/${name}/secrets/nonsense`)).status).toBe(404);
    expect((await as(`POST ${robots()}/${name}/secrets`)).status).toBe(201);
  });

  it.each<[string, object]>([
    ['a name with a dot', { name: 'a.b' }],
    ['a name with a shell character', { name: 'robot$ci' }],
    ['a name with a plus', { name: 'a+b' }],
    ['no name', { name: '' }],
    ['a grant with no actions', { grants: [{ repository: 'ORG/app', actions: [] }] }],
    ['a grant of the API', { grants: [{ repository: 'ORG/app', actions: ['api'] }] }],
    ['a pattern that is none', { grants: [{ repository: 'ORG/a*', actions: ['pull'] }] }],
    ['everything', { grants: [{ repository: '*', actions: ['pull'] }] }],
    ['another namespace', { grants: [{ repository: 'other/app', actions: ['pull'] }] }],
    ['a namespace of which this is the beginning', { grants: [{ repository: 'ORGx/*', actions: ['pull'] }] }],
    ['one pattern twice', { grants: [1, 2].map(() => ({ repository: 'ORG/app', actions: ['pull'] })) }],
    ['an unknown field', { role: 'owner' }],
    ['a day too few', { expiresInDays: 0 }],
  ])('are not made with %s', async (_, body) => {
    const before = (await as(`GET ${robots()}`)).text;
    const asked = JSON.parse(
      JSON.stringify({ name: aName('bot'), grants: all(), ...body }).replaceAll('ORG', org),
    ) as object;
    expect((await as(`POST ${robots()}`, asked)).status).toBe(400);
    expect((await as(`GET ${robots()}`)).text).toBe(before);
  });

  it('are not made twice', async () => {
    const { name } = await create();
    const again = await as(`POST ${robots()}`, { name, grants: all() });
    expect([again.status, again.text]).toEqual([409, expect.stringContaining('of this name already')]);
  });

  it('mean nothing on the management API', async () => {
    const { secret } = await create({ grants: [{ repository: `${org}/*`, actions: ['pull', 'push', 'delete'] }] });
    for (const line of ['GET /session', `GET /namespaces/${org}`, `GET ${robots()}`, `POST ${robots()}`]) {
      expect([line, (await opened.ask(line, { token: secret })).status]).toEqual([line, 401]);
    }
    const signIn = await opened.ask('POST /session', { body: { login: `${org}.ci`, password: secret } });
    expect(signIn.status).toBe(401);
  });

  it('of another namespace are not there, by its path or by ours', async () => {
    const { name, secrets } = await create();
    const stranger = await signUp(opened);
    const theirs = `/namespaces/${stranger.username}/robots`;
    for (const path of [`${robots()}/${name}`, `${theirs}/${name}`]) {
      for (const line of [
        `PATCH ${path}`,
        `DELETE ${path}`,
        `POST ${path}/secrets`,
        `DELETE ${path}/secrets/${secrets[0]!.id}`,
      ]) {
        const body = line.startsWith('PATCH') ? { body: { disabled: true } } : {};
        expect([line, (await opened.ask(line, { cookie: stranger.cookie, ...body })).status]).toEqual([line, 404]);
      }
    }
    const list = await as(`GET ${robots()}?limit=1000`);
    expect(list.text).toContain(secrets[0]!.id);
  });
});
