import { SecondFactorStore, SigningKeyStore } from '@stowage/metadata';
import { actorOf, createUser } from '@stowage/metadata/testing';
import type { Preparations } from './prepared-request.js';

export const administrationPreparations: Preparations = {
  changeUser: async ({ site }) => ({ params: { username: (await createUser(site.database)).username } }),
  resetSecondFactors: async ({ site }) => {
    const user = await createUser(site.database);
    const totp = { key: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', match: () => 1, recoveryHashes: [] };
    await new SecondFactorStore(site.database).enableTotp(user.id, totp, actorOf(user));
    return { params: { username: user.username } };
  },
  actAs: async ({ site }) => ({ params: { username: (await createUser(site.database)).username } }),
  removeSigningKey: async ({ site }) => {
    const [key] = await new SigningKeyStore(site.database).list();
    return { params: { kid: key?.kid ?? 'none' } };
  },
  exportRegistryAuditEvents: () => ({ query: 'format=json' }),
};
