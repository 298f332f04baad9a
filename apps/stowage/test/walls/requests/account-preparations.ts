import { generateSecretToken, hashSecretToken, hintOf } from '@stowage/auth';
import { AccessTokenStore, RefreshTokenStore, SessionStore, sessionRecordId } from '@stowage/metadata';
import { actorOf, aName, createUser } from '@stowage/metadata/testing';
import { PASSWORD } from '../world.js';
import type { Preparations } from './prepared-request.js';

const account = () => {
  const username = aName('u');
  return { username, email: `${username}@example.com`, password: PASSWORD };
};

export const accountPreparations: Preparations = {
  signUp: () => ({ body: account() }),
  signIn: async (world) => ({
    body: { login: (await world.person('reader')).username, password: PASSWORD },
  }),
  // Nobody acts as somebody else here.
  stopActing: () => ({ status: 409 }),
  confirmSession: () => ({ body: { password: PASSWORD } }),
  // The first start has no code for anybody here.
  createAdministrator: () => ({ body: { ...account(), code: 'not-the-code' }, status: 403 }),
  changePassword: () => ({ body: { currentPassword: PASSWORD, newPassword: 'another horse battery' } }),
  endSession: async (world, caller) => {
    const id = aName('session');
    const { id: userId } = await world.person(caller);
    await new SessionStore(world.site.database).put(id, {
      userId,
      data: {},
      expiresAt: new Date(Date.now() + 3_600_000),
    });
    return { params: { id: sessionRecordId(id) } };
  },
  endRefreshToken: async (world, caller) => {
    const { id, username } = await world.person(caller);
    const store = new RefreshTokenStore(world.site.database);
    await store.create({
      hash: hashSecretToken(generateSecretToken('refresh').text),
      accessTokenId: null,
      service: 'registry.example',
      clientId: 'docker',
      actor: { ...actorOf({ id, username }), id },
    });
    const [made] = await store.list(id);
    return { params: { id: made?.id ?? '' } };
  },
  deleteAccount: async (world, caller) => ({
    body: { username: (await world.person(caller)).username, repositories: 0 },
  }),
  renameAccount: () => ({ body: { username: aName('renamed') } }),
  convertAccount: async (world) => ({
    body: {
      username: aName('converted'),
      owners: [(await createUser(world.site.database)).username],
      role: 'maintainer',
    },
  }),
  createAccessToken: () => ({ body: { name: 'ci' } }),
  deleteAccessToken: async (world, caller) => {
    const user = await world.person(caller);
    const { text } = generateSecretToken('access');
    const { id } = await new AccessTokenStore(world.site.database).create({
      userId: user.id,
      name: 'to be deleted',
      hash: hashSecretToken(text),
      hint: hintOf(text),
      grants: null,
      expiresInDays: 1,
      actor: actorOf(user),
    });
    return { params: { id } };
  },
};
