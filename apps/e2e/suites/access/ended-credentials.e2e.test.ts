import { paths } from '@stowage/contracts';
import { beforeAll, describe, expect, test } from 'vitest';
import { administrator, administratorEnvironment } from '../../support/administrator.js';
import { parseChallenge } from '../../support/challenge.js';
import { callApi, expectStatus, type Person, putMember, readCookie, signUp } from '../../support/management-api.js';
import { RegistryClient } from '../../support/registry-client.js';
import { claimsOf, getToken, postToken } from '../../support/token-service.js';
import { useOwner } from '../../support/use-owner.js';
import { useStowage } from '../../support/use-stowage.js';

const running = useStowage(administratorEnvironment);
const owner = useOwner(running);
let realm = '';
let service = '';

beforeAll(async () => {
  ({ realm, service } = parseChallenge((await fetch(`${running.url}/v2/`)).headers.get('www-authenticate')));
});

/** A developer of the owner's namespace in the middle of work: an access token, what docker made of it, and a push that goes on. */
async function aDeveloper() {
  const person = await signUp(running.url, 'dev');
  await putMember(owner.person, owner.namespace, person, 'developer');
  const repository = owner.newRepository();
  const credentials = { username: person.username, secret: person.token };
  const client = new RegistryClient(running.url, credentials);
  const registryToken = await client.tokenFor(`repository:${repository}:pull,push`);
  const logIn = async (secret: string) => {
    const query = { service, offline_token: 'true', client_id: 'docker' };
    const { body } = await getToken(realm, query, { username: person.username, secret });
    return body.refresh_token ?? '';
  };
  const kept = { byToken: await logIn(person.token), byPassword: await logIn(person.password) };
  return {
    person,
    /** What `/token` makes of the access token: a status, or the actions that it gives. */
    withAccessToken: async () => {
      const { status, body } = await getToken(
        realm,
        { service, scope: `repository:${repository}:pull,push` },
        credentials,
      );
      return status === 200 ? claimsOf(body.token ?? '').access.flatMap(({ actions }) => actions) : status;
    },
    withRefreshToken: async (which: keyof typeof kept) => {
      const form = { grant_type: 'refresh_token', service, client_id: 'docker', refresh_token: kept[which] };
      const scope = `repository:${repository}:pull,push`;
      const { status, body } = await postToken(realm, { ...form, scope });
      return status === 200 ? (body.scope ?? '') : status;
    },
    /** The registry token that was made before, which is signed for minutes to come. */
    push: async () => (await client.send('POST', `/v2/${repository}/blobs/uploads/`, {}, registryToken)).status,
    withApi: async () =>
      (await callApi(running.url, paths.session, { headers: { authorization: `Bearer ${person.token}` } })).status,
  };
}

async function asCaptain(path: string, body: object): Promise<void> {
  const signedIn = await callApi(running.url, paths.session, {
    body: { login: administrator.username, password: administrator.password },
  });
  const headers = { cookie: readCookie(signedIn.headers) };
  await expectStatus(200, callApi(running.url, path, { method: 'PATCH', body, headers }));
}

async function changePassword({ call, password }: Person): Promise<void> {
  await expectStatus(
    204,
    call(paths.password, { body: { currentPassword: password, newPassword: 'a new one likes ships' } }),
  );
}

async function revoke({ call }: Person): Promise<void> {
  const { items } = (await expectStatus(200, call(paths.accessTokens))) as { items: { id: string }[] };
  for (const { id } of items) await expectStatus(204, call(paths.accessToken(id), { method: 'DELETE' }));
}

describe('while nothing has ended', () => {
  test('everything that the developer holds works', async () => {
    const developer = await aDeveloper();
    expect(await developer.withAccessToken()).toEqual(['pull', 'push']);
    expect(await developer.withRefreshToken('byToken')).toMatch(/:pull,push$/);
    expect(await developer.withRefreshToken('byPassword')).toMatch(/:pull,push$/);
    expect(await developer.push()).toBe(202);
    expect(await developer.withApi()).toBe(200);
  });
});

describe('credentials end at once, also those that were made of them', () => {
  test('when the password is changed', async () => {
    const developer = await aDeveloper();
    await changePassword(developer.person);
    expect(await developer.withAccessToken()).toBe(401);
    expect(await developer.withRefreshToken('byToken')).toBe(401);
    expect(await developer.withRefreshToken('byPassword')).toBe(401);
    expect(await developer.push()).toBe(401);
    expect(await developer.withApi()).toBe(401);
  });

  test('when the account is disabled', async () => {
    const developer = await aDeveloper();
    await asCaptain(paths.managedUser(developer.person.username), { disabled: true });
    expect(await developer.withAccessToken()).toBe(401);
    expect(await developer.withRefreshToken('byToken')).toBe(401);
    expect(await developer.withRefreshToken('byPassword')).toBe(401);
    expect(await developer.push()).toBe(401);
    expect(await developer.withApi()).toBe(401);
  });

  test('when the access token is revoked; those of the password go on', async () => {
    const developer = await aDeveloper();
    await revoke(developer.person);
    expect(await developer.withAccessToken()).toBe(401);
    expect(await developer.withRefreshToken('byToken')).toBe(401);
    expect(await developer.withRefreshToken('byPassword')).toMatch(/:pull,push$/);
    expect(await developer.push()).toBe(401);
    expect(await developer.withApi()).toBe(401);
  });

  test('when the member is removed they are good for nothing there', async () => {
    const developer = await aDeveloper();
    const path = paths.member(owner.namespace, developer.person.username);
    await expectStatus(204, owner.person.call(path, { method: 'DELETE' }));
    expect(await developer.withAccessToken()).toEqual([]);
    expect(await developer.withRefreshToken('byToken')).toBe('');
    expect(await developer.withRefreshToken('byPassword')).toBe('');
    expect(await developer.push()).toBe(401);
  });

  test('when the role is lowered they do what it still allows', async () => {
    const developer = await aDeveloper();
    await putMember(owner.person, owner.namespace, developer.person, 'reader');
    expect(await developer.withAccessToken()).toEqual(['pull']);
    expect(await developer.withRefreshToken('byToken')).toMatch(/:pull$/);
    expect(await developer.push()).toBe(401);
  });

  test('when their owner signs the client out', async () => {
    const developer = await aDeveloper();
    const { call } = developer.person;
    const { items } = (await expectStatus(200, call(paths.refreshTokens))) as { items: { id: string }[] };
    for (const { id } of items) await expectStatus(204, call(paths.refreshToken(id), { method: 'DELETE' }));
    expect(await developer.withRefreshToken('byToken')).toBe(401);
    expect(await developer.withRefreshToken('byPassword')).toBe(401);
    expect(await developer.withAccessToken()).toEqual(['pull', 'push']);
  });
});

test('wrong passwords are refused after a while, and let their owner in all the same', async () => {
  const person = await signUp(running.url, 'guessed');
  const signIn = (password: string) =>
    callApi(running.url, paths.session, { body: { login: person.username, password } });
  const token = (secret: string) => getToken(realm, { service }, { username: person.username, secret });
  for (let guess = 0; guess < 6; guess += 1) {
    expect((await signIn(`guess-${guess}`)).status).toBe(401);
    if (guess < 4) expect((await token(`guess-${guess}`)).status).toBe(401);
  }
  for (const refused of [await signIn('guess'), await token('guess')]) {
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  }
  expect((await token(person.token)).status).toBe(200);
  expect((await person.call(paths.session)).status).toBe(200);
  expect((await token(person.password)).status).toBe(200);
  expect((await signIn(person.password)).status).toBe(200);
});
