import { randomUUID } from 'node:crypto';
import { ExternalIdentityStore } from '@stowage/metadata';
import { actorOf, aName } from '@stowage/metadata/testing';
import type { Preparations } from './prepared-request.js';

/** The site has no provider, and nobody has begun to sign in with one: apps/api tests what follows then. */
export const signInProviderPreparations: Preparations = {
  startProviderSignIn: () => ({ params: { provider: 'github' }, body: {}, status: 404 }),
  completeProviderSignIn: () => ({ body: { state: 'none', code: 'none' }, status: 400 }),
  createProviderAccount: () => ({ body: { username: aName('u') }, status: 400 }),
  linkIdentity: () => ({ body: { provider: 'github' }, status: 404 }),
  unlinkIdentity: async (world, caller) => {
    const user = await world.person(caller);
    const store = new ExternalIdentityStore(world.site.database);
    const identity = { provider: 'oidc', issuer: 'https://id.example.com', subject: randomUUID(), name: null };
    await store.link(user.id, identity, actorOf(user));
    return { params: { id: (await store.list(user.id)).at(-1)?.id ?? 'none' } };
  },
};
