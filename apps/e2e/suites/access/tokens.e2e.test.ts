import { paths } from '@stowage/contracts';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseWarnings } from '@stowage/oci';
import { parseChallenge } from '../../support/challenge.js';
import { anImage } from '../../support/images.js';
import { RegistryClient } from '../../support/registry-client.js';
import { createAccessToken, putMember, signUp } from '../../support/management-api.js';
import { claimsOf, type Credentials, getToken, postToken } from '../../support/token-service.js';
import { useOwner } from '../../support/use-owner.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

const running = useSharedStowage();
const owner = useOwner(running);
let realm = '';
let service = '';
let login: Credentials;

beforeAll(async () => {
  const challenge = parseChallenge((await fetch(`${running.url}/v2/`)).headers.get('www-authenticate'));
  ({ realm, service } = challenge);
  login = { username: owner.person.username, secret: owner.person.token };
});

test('an anonymous GET /v2/ is told where to get a token (P1, A1)', async () => {
  const response = await fetch(`${running.url}/v2/`);
  expect(response.status).toBe(401);
  expect(response.headers.get('docker-distribution-api-version')).toBe('registry/2.0');
  expect(realm).toBe(`${running.url}/token`);
  expect(await response.json()).toMatchObject({ errors: [{ code: 'UNAUTHORIZED' }] });
});

test('the challenge names the repository and what is needed (A1)', async () => {
  const repository = owner.newRepository();
  const response = await fetch(`${running.url}/v2/${repository}/manifests/latest`);
  const challenge = parseChallenge(response.headers.get('www-authenticate'));
  expect(challenge.scopes).toEqual([`repository:${repository}:pull`]);
  expect(challenge.error).toBeUndefined();
});

describe('GET /token', () => {
  test('gives an access token with its life, under both names (A2, A7, trap 4)', async () => {
    const { status, headers, body } = await getToken(realm, { service, account: login.username }, login);
    expect(status).toBe(200);
    expect(body.token).toBe(body.access_token);
    expect(body.expires_in).toBeGreaterThanOrEqual(60);
    expect(Math.abs(Date.parse(body.issued_at ?? '') - Date.now())).toBeLessThan(60_000);
    expect(body.refresh_token).toBeUndefined();
    expect(headers.get('cache-control')).toMatch(/no-store/);
  });

  test('grants what is asked and allowed, and no more (A6, trap 5)', async () => {
    const repository = owner.newRepository();
    const reader = await signUp(running.url, 'reader');
    await putMember(owner.person, owner.namespace, reader, 'reader');
    const asked = `repository:${repository}:pull,push,delete`;
    const all = await getToken(realm, { service, scope: asked }, login);
    expect(accessOf(all.body.token)).toEqual([
      { type: 'repository', name: repository, actions: ['delete', 'pull', 'push'] },
    ]);
    const some = await getToken(realm, { service, scope: `repository:${repository}:pull` }, login);
    expect(accessOf(some.body.token)).toEqual([{ type: 'repository', name: repository, actions: ['pull'] }]);
    const narrowed = await getToken(
      realm,
      { service, scope: asked },
      { username: reader.username, secret: reader.token },
    );
    expect(narrowed.status).toBe(200);
    expect(accessOf(narrowed.body.token)).toEqual([{ type: 'repository', name: repository, actions: ['pull'] }]);
  });

  test('never refuses a scope, it gives nothing for it (A6, A25)', async () => {
    for (const scope of [
      'repository:nobody/nothing:pull,push',
      'repository:UPPER:pull',
      'nonsense',
      'registry:catalog:*',
    ]) {
      const { status, body } = await getToken(realm, { service, scope }, login);
      expect(status, scope).toBe(200);
      const granted = accessOf(body.token).filter(({ type }) => type === 'repository');
      expect(
        granted.flatMap(({ actions }) => actions),
        scope,
      ).toEqual([]);
    }
  });

  test('takes several scopes, as parameters and as a list', async () => {
    const [one, two] = [`repository:${owner.newRepository()}:pull`, `repository:${owner.newRepository()}:push,pull`];
    for (const scope of [[one, two], `${one} ${two}`]) {
      const { body } = await getToken(realm, { service, scope }, login);
      expect(accessOf(body.token)).toHaveLength(2);
    }
  });

  test('gives anonymous callers a token that is good for nothing private (A10)', async () => {
    const { status, body } = await getToken(realm, { service, scope: `repository:${owner.newRepository()}:pull,push` });
    expect(status).toBe(200);
    const claims = claimsOf(body.token ?? '');
    expect(claims.sub).toBe('');
    expect(claims.access.flatMap(({ actions }) => actions)).toEqual([]);
  });

  test('refuses wrong credentials with 401, the same for a missing user', async () => {
    const wrong = await getToken(realm, { service }, { ...login, secret: 'wrong-password' });
    const missing = await getToken(realm, { service }, { username: 'nobody-here', secret: 'wrong-password' });
    expect(wrong.status).toBe(401);
    expect(missing.status).toBe(401);
    expect(missing.body).toEqual(wrong.body);
    expect(wrong.body).toMatchObject({ errors: [{ code: 'UNAUTHORIZED' }] });
  });

  test('refuses a token of one account under the name of another', async () => {
    const other = await signUp(running.url, 'other');
    const { status } = await getToken(realm, { service }, { username: other.username, secret: login.secret });
    expect(status).toBe(401);
  });

  test('refuses another service with 400', async () => {
    expect((await getToken(realm, { service: 'elsewhere.example' }, login)).status).toBe(400);
  });

  test('gives a refresh token only to those who ask for one (A5)', async () => {
    const { body } = await getToken(realm, { service, offline_token: 'true', client_id: 'docker' }, login);
    expect(body.refresh_token).toMatch(/^\S{20,}$/);
  });
});

describe('POST /token', () => {
  const form = (fields: Record<string, string>) => ({ service, client_id: 'suite', ...fields });
  const password = () => ({ grant_type: 'password', username: login.username, password: login.secret });

  test('password grant: an access token for the scope, and a refresh token on request (A3)', async () => {
    const scope = `repository:${owner.newRepository()}:pull`;
    const online = await postToken(realm, form({ ...password(), scope }));
    expect(online.status).toBe(200);
    expect(online.body).toMatchObject({ scope, expires_in: expect.any(Number) });
    expect(accessOf(online.body.access_token)).toHaveLength(1);
    expect(online.body.refresh_token).toBeUndefined();
    const offline = await postToken(realm, form({ ...password(), access_type: 'offline' }));
    expect(offline.body.refresh_token).toMatch(/\S/);
  });

  test('refresh_token grant: new access tokens, also with other scopes (A5)', async () => {
    const { body } = await postToken(realm, form({ ...password(), access_type: 'offline' }));
    const refresh = { grant_type: 'refresh_token', refresh_token: body.refresh_token ?? '' };
    const scope = `repository:${owner.newRepository()}:push,pull`;
    const answer = await postToken(realm, form({ ...refresh, scope }));
    expect(answer.status).toBe(200);
    expect(claimsOf(answer.body.access_token ?? '').sub).toBe(claimsOf(body.access_token ?? '').sub);
    expect(accessOf(answer.body.access_token)).toHaveLength(1);
  });

  test.each([
    { what: 'a wrong password', fields: () => ({ ...password(), password: 'wrong' }), status: 401 },
    {
      what: 'a made-up refresh token',
      fields: () => ({ grant_type: 'refresh_token', refresh_token: 'x' }),
      status: 401,
    },
    { what: 'no grant type', fields: () => ({ username: 'a', password: 'b' }), status: 400 },
    { what: 'a grant type that is not offered', fields: () => ({ grant_type: 'client_credentials' }), status: 400 },
    { what: 'another service', fields: () => ({ ...password(), service: 'elsewhere.example' }), status: 400 },
  ])('refuses $what with $status', async ({ fields, status }) => {
    expect((await postToken(realm, form(fields()))).status).toBe(status);
  });
});

describe('an access token of a person', () => {
  test('limits its owner to its grants (A12)', async () => {
    const [named, other] = [owner.newRepository(), owner.newRepository()];
    const secret = await createAccessToken(owner.person.call, {
      name: 'ci',
      grants: [{ repository: named, actions: ['pull'] }],
    });
    const scope = [`repository:${named}:pull,push`, `repository:${other}:pull`];
    const { body } = await getToken(realm, { service, scope }, { username: login.username, secret });
    const granted = accessOf(body.token).filter(({ actions }) => actions.length > 0);
    expect(granted).toEqual([{ type: 'repository', name: named, actions: ['pull'] }]);
  });

  test('is told to end while it still works, in its last week and with every answer (P28)', async () => {
    const repository = owner.newRepository();
    await owner.client.pushImage(repository, 'v1', await anImage());
    const warningsWith = async (expiresInDays: number) => {
      const secret = await createAccessToken(owner.person.call, { name: `for ${expiresInDays}`, expiresInDays });
      const client = new RegistryClient(running.url, { username: login.username, secret });
      const paths = ['/v2/', `/v2/${repository}/manifests/v1`, `/v2/${repository}/manifests/none`];
      const answers = await Promise.all(paths.map((path) => client.request('GET', path)));
      return answers.map(({ headers }) => parseWarnings(headers.get('warning')));
    };
    const said = expect.stringMatching(/access token ends in [45] days, on \d{4}-\d\d-\d\d; .*\/access-tokens$/);
    expect(await warningsWith(5)).toEqual([[said], [said], [said]]);
    expect(await warningsWith(30)).toEqual([[], [], []]);
  });

  test('is worth nothing once it is deleted', async () => {
    const created = await owner.person.call(paths.accessTokens, { body: { name: 'short-lived' } });
    const { id, secret } = created.body as { id: string; secret: string };
    const credentials = { username: login.username, secret };
    expect((await getToken(realm, { service }, credentials)).status).toBe(200);
    await owner.person.call(paths.accessToken(id), { method: 'DELETE' });
    expect((await getToken(realm, { service }, credentials)).status).toBe(401);
  });
});

function accessOf(token: string | undefined) {
  return claimsOf(token ?? '').access.map((access) => ({ ...access, actions: [...access.actions].sort() }));
}
