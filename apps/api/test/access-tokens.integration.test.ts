import { anImage, createRepository, pushImageRows } from '@stowage/metadata/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { aName, createTenant } from '@stowage/metadata/testing';
import { createToken, openApi, type SignedIn, signUp } from './open-api.js';

const opened = openApi();

describe('an access token', () => {
  let owner: SignedIn;
  let org: string;
  const image = anImage();

  beforeAll(async () => {
    owner = await signUp(opened);
    org = aName('org');
    await opened.ask('POST /namespaces', { cookie: owner.cookie, body: { name: org } });
    for (const path of ['app', 'other', 'app2']) {
      const repository = await createRepository(opened.database, `${org}/${path}`);
      await pushImageRows(opened.database, repository, image, { tags: ['v1', 'v2', 'v3'] });
    }
  });

  it('without limits does what its owner does, without a cookie and from anywhere', async () => {
    const token = await createToken(opened, owner);
    expect((await opened.ask('GET /session', { token })).json).toMatchObject({ user: { username: owner.username } });
    expect(
      (
        await opened.ask('POST /namespaces', {
          token,
          headers: { origin: 'https://ci.example' },
          body: { name: aName('org') },
        })
      ).status,
    ).toBe(201);
  });

  it.each<[string, string[], string, number]>([
    ['its repository', ['api'], 'GET /namespaces/ORG/repositories/app', 200],
    ['the tags of its repository', ['api'], 'GET /namespaces/ORG/repositories/app/tags', 200],
    ['the settings of its repository', ['api'], 'PATCH /namespaces/ORG/repositories/app', 200],
    ['a tag to delete without delete', ['api'], 'DELETE /namespaces/ORG/repositories/app/tags/v1', 403],
    [
      'a manifest to delete without delete',
      ['api', 'pull', 'push'],
      `DELETE /namespaces/ORG/repositories/app/manifests/${image.digest}`,
      403,
    ],
    ['a tag to delete', ['api', 'delete'], 'DELETE /namespaces/ORG/repositories/app/tags/v2', 204],
    ['its repository without api', ['pull', 'push', 'delete'], 'GET /namespaces/ORG/repositories/app', 403],
    ['another repository', ['api'], 'GET /namespaces/ORG/repositories/other', 403],
    ['one whose name begins like it', ['api'], 'GET /namespaces/ORG/repositories/app2', 403],
    ['the namespace', ['api'], 'GET /namespaces/ORG', 403],
    ['the members', ['api'], 'GET /namespaces/ORG/members', 403],
    ['a new repository', ['api'], 'POST /namespaces/ORG/repositories', 403],
    ['a wider token (GHSA-w5fq)', ['api'], 'POST /access-tokens', 403],
    ['the list of tokens', ['api'], 'GET /access-tokens', 403],
    ['the account', ['api'], 'GET /session', 403],
  ])('for one repository reaches %s (%j): %s is %i (CVE-2026-56443)', async (_, actions, line, status) => {
    const token = await createToken(opened, owner, [{ repository: `${org}/app`, actions }]);
    const needsBody = /^(POST|PATCH)/.test(line);
    const answer = await opened.ask(line.replace('ORG', org), {
      token,
      ...(needsBody ? { body: line.startsWith('PATCH') ? {} : { name: 'x' } } : {}),
    });
    expect(answer.status).toBe(status);
  });

  it('gives no more than its owner has, also after the role has gone', async () => {
    const member = await signUp(opened);
    const path = `/namespaces/${org}/members/${member.username}`;
    await opened.ask(`PUT ${path}`, { cookie: owner.cookie, body: { role: 'maintainer' } });
    const token = await createToken(opened, member);
    expect((await opened.ask(`GET /namespaces/${org}/members`, { token })).status).toBe(200);
    await opened.ask(`DELETE ${path}`, { cookie: owner.cookie });
    expect((await opened.ask(`GET /namespaces/${org}/members`, { token })).status).toBe(404);
  });

  it('shows its secret once and belongs to its owner alone (IDOR)', async () => {
    const stranger = await signUp(opened);
    const made = await opened.ask('POST /access-tokens', { cookie: owner.cookie, body: { name: 'once' } });
    const listed = await opened.ask('GET /access-tokens', { cookie: owner.cookie });
    expect(listed.text).not.toContain(String(made.json['secret']));
    expect(listed.text).toContain(String(made.json['id']));
    expect((await opened.ask('GET /access-tokens', { cookie: stranger.cookie })).json).toEqual({
      items: [],
      nextCursor: null,
    });
    const remove = (cookie: string) => opened.ask(`DELETE /access-tokens/${String(made.json['id'])}`, { cookie });
    expect([
      (await remove(stranger.cookie)).status,
      (await remove(owner.cookie)).status,
      (await remove(owner.cookie)).status,
    ]).toEqual([404, 204, 404]);
    expect((await opened.ask('GET /session', { token: String(made.json['secret']) })).status).toBe(401);
  });

  it('of a stranger opens nothing in a namespace of others', async () => {
    const { namespace } = await createTenant(opened.database);
    const token = await createToken(opened, owner, [{ repository: `${namespace.name}/*`, actions: ['api', 'delete'] }]);
    await createRepository(opened.database, `${namespace.name}/secret`);
    expect((await opened.ask(`GET /namespaces/${namespace.name}/repositories/secret`, { token })).status).toBe(404);
  });
});
