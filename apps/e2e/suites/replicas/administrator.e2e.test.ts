import { paths } from '@stowage/contracts';
import { afterAll, expect, test } from 'vitest';
import { callApi } from '../../support/management-api.js';
import { Replicas } from '../../support/topology/replicas.js';

const administrator = { username: 'captain', email: 'captain@example.com', password: 'captain likes ships' };
let replicas: Replicas | undefined;

afterAll(() => replicas?.stop());

test('STOWAGE_ADMIN_* makes the administrator once, however many APIs start with it (A21)', async () => {
  const env = {
    STOWAGE_ADMIN_USERNAME: administrator.username,
    STOWAGE_ADMIN_EMAIL: administrator.email,
    STOWAGE_ADMIN_PASSWORD: administrator.password,
  };
  replicas = await Replicas.start({ registries: 1, auths: 1, apis: 3, env });
  const { username: login, password } = administrator;
  const answer = await callApi(replicas.url, paths.session, { body: { login, password } });
  expect(answer).toMatchObject({ status: 200, body: { user: { username: login, isAdmin: true } } });
  expect((await callApi(replicas.url, paths.setup)).body).toMatchObject({ administratorNeeded: false });
});
