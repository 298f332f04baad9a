import { beforeAll, describe, expect, it } from 'vitest';
import { createToken, openApi, type SignedIn, signUp } from './open-api.js';

const opened = openApi();
let person: SignedIn;
beforeAll(async () => {
  person = await signUp(opened);
  for (const name of ['app', 'tool', 'zebra']) {
    const at = `/namespaces/${person.username}`;
    expect((await ask(`POST ${at}/repositories`, { name })).status).toBe(201);
    const robot = { name, description: '', grants: [], expiresInDays: null };
    expect((await ask(`POST ${at}/robots`, robot)).status).toBe(201);
    await createToken(opened, person);
  }
});
const ask = (line: string, body?: object) =>
  opened.ask(line, { cookie: person.cookie, ...(body === undefined ? {} : { body }) });

describe.each([
  ['/namespaces/NS/repositories', ['name', 'lastPushedAt'], 'name'],
  ['/namespaces/NS/robots', ['name', 'lastUsedAt'], 'name'],
  ['/access-tokens', ['name', 'createdAt', 'lastUsedAt'], 'id'],
] as const)('GET %s (X1)', (template, fields, key) => {
  const path = () => template.replace('NS', person.username);
  const page = async (query: string) => {
    const { status, json } = await ask(`GET ${path()}?${query}`);
    const items = (json['items'] ?? []) as Record<string, string>[];
    return { status, items: items.map((item) => item[key]), nextCursor: json['nextCursor'] as string | null };
  };
  const walk = async (sort: string) => {
    const found = [];
    for (let cursor = ''; ; ) {
      const { status, items, nextCursor } = await page(`limit=2&sort=${sort}${cursor}`);
      expect(status).toBe(200);
      found.push(...items);
      if (nextCursor === null) return found;
      cursor = `&cursor=${nextCursor}`;
    }
  };

  it.each(fields)('goes through everything by %s, either way', async (field) => {
    const forth = await walk(field);
    expect(new Set(forth).size).toBe(3);
    expect(await walk(`-${field}`)).toEqual(forth.toReversed());
  });

  it('takes a cursor for no other order than its own, and no order that there is not', async () => {
    const { nextCursor } = await page(`limit=1&sort=${fields[0]}`);
    expect((await page(`limit=1&sort=${fields[0]}&cursor=${nextCursor}`)).status).toBe(200);
    expect((await page(`limit=1&sort=-${fields[0]}&cursor=${nextCursor}`)).status).toBe(400);
    expect((await page(`limit=1&sort=${fields[1]}&cursor=${nextCursor}`)).status).toBe(400);
    const forged = Buffer.from(JSON.stringify([fields[1], 'tomorrow', "'"])).toString('base64url');
    expect((await page(`sort=${fields[1]}&cursor=${forged}`)).status).toBe(400);
    expect((await page('sort=secret')).status).toBe(400);
  });

  it('shows nothing that does not contain what is asked for', async () => {
    expect((await page('q=%25')).items).toEqual([]);
    expect((await page('q=')).items).toHaveLength(3);
  });
});

it('GET /namespaces/{namespace}/members finds people by a part of their name', async () => {
  const part = person.username.slice(1, 6).toUpperCase();
  const { json } = await ask(`GET /namespaces/${person.username}/members?q=${part}&sort=-addedAt`);
  expect(json['items']).toMatchObject([{ username: person.username }]);
});
