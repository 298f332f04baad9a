import { SigningKeyStore } from '@stowage/metadata';
import { createUser } from '@stowage/metadata/testing';
import type { Preparations } from './prepared-request.js';

export const administrationPreparations: Preparations = {
  changeUser: async ({ site }) => ({ params: { username: (await createUser(site.database)).username } }),
  removeSigningKey: async ({ site }) => {
    const [key] = await new SigningKeyStore(site.database).list();
    return { params: { kid: key?.kid ?? 'none' } };
  },
  exportRegistryAuditEvents: () => ({ query: 'format=json' }),
};
