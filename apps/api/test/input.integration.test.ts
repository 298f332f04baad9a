import { aName } from '@stowage/metadata/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { openApi, type SignedIn, signUp } from './open-api.js';

const opened = openApi();

describe('input of any kind', () => {
  let owner: SignedIn;
  beforeAll(async () => {
    owner = await signUp(opened);
  });

  const NASTY = [
    "'",
    '"',
    '\\',
    '%00',
    ';--',
    '%',
    '_',
    '%27%20OR%201=1',
    '%F0%9F%98%80',
    '..',
    '%2e%2e',
    '%E2%80%AE',
    'a'.repeat(900),
    '%ED%A0%80',
    '__proto__',
    'constructor',
    '%0d%0aSet-Cookie:x',
    '[object Object]',
  ];
  it.each(NASTY)('%j in a path or a query is never a 500 (CVE-2019-19026, CVE-2024-22261)', async (text) => {
    const encoded = text.replaceAll(/[ "\\]/g, (character) => encodeURIComponent(character));
    const lines = [
      `GET /namespaces/${encoded}`,
      `GET /namespaces/${owner.username}/repositories/${encoded}`,
      `GET /namespaces/${owner.username}/repositories/${encoded}/tags/${encoded}`,
      `GET /namespaces?cursor=${encoded}`,
      `GET /access-tokens?cursor=${encoded}`,
      `GET /namespaces?limit=${encoded}`,
      `GET /namespaces?q=${encoded}&sort=${encoded}`,
      `DELETE /access-tokens/${encoded}`,
      `DELETE /namespaces/${owner.username}/members/${encoded}`,
    ];
    for (const line of lines) {
      const answer = await opened.ask(line, { cookie: owner.cookie });
      expect([line, answer.status < 500]).toEqual([line, true]);
      expect(answer.headers).not.toHaveProperty('x');
    }
  });

  it.each(['\u0000', '\ud800', 'a\u0000b'])('%j in a body is refused or stored, never a 500', async (text) => {
    const bodies: [string, object][] = [
      ['POST /session', { login: text, password: text }],
      ['POST /access-tokens', { name: `x${text}` }],
      ['POST /namespaces', { name: aName('org'), displayName: `x${text}` }],
      [`PATCH /namespaces/${owner.username}`, { displayName: `x${text}` }],
      [`POST /namespaces/${owner.username}/repositories`, { name: aName(), description: `x${text}` }],
    ];
    for (const [line, body] of bodies)
      expect([line, (await opened.ask(line, { cookie: owner.cookie, body })).status]).toEqual([line, 400]);
  });

  it.each(['0', '-1', '1001', '2147483647', '9e18', 'abc', '1.5', '', 'NaN', 'Infinity', '1&limit=2'])(
    'limit=%s is refused (CVE-2023-2253)',
    async (limit) => {
      for (const path of [
        '/namespaces',
        '/access-tokens',
        `/namespaces/${owner.username}/repositories`,
        `/namespaces/${owner.username}/members`,
      ]) {
        expect([path, (await opened.ask(`GET ${path}?limit=${limit}`, { cookie: owner.cookie })).status]).toEqual([
          path,
          400,
        ]);
      }
    },
  );

  it.each([1, 2, 3])('pages of %i cover every repository and every token once', async (limit) => {
    const { cookie, username } = await signUp(opened);
    const names = ['a', 'a-b', 'a.b', 'a/b', 'ab', 'b'];
    for (const name of names)
      expect((await opened.ask(`POST /namespaces/${username}/repositories`, { cookie, body: { name } })).status).toBe(
        201,
      );
    for (const name of names) await opened.ask('POST /access-tokens', { cookie, body: { name } });
    for (const path of [`/namespaces/${username}/repositories`, '/access-tokens']) {
      const seen: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const { json }: { json: Record<string, unknown> } = await opened.ask(
          `GET ${path}?limit=${limit}${cursor ? `&cursor=${cursor}` : ''}`,
          { cookie },
        );
        seen.push(...(json['items'] as { name: string }[]).map(({ name }) => name));
        cursor = json['nextCursor'] as string | null;
      }
      expect(seen.toSorted()).toEqual(names.toSorted());
    }
  });
});
