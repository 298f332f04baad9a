import { MemberStore } from '@stowage/metadata';
import { aName, createUser } from '@stowage/metadata/testing';
import type { Preparations } from './prepared-request.js';

export const tenancyPreparations: Preparations = {
  createNamespace: () => ({ body: { name: aName('org') } }),
  createRepository: () => ({ body: { name: aName('r') } }),
  putMember: async ({ site }) => ({ params: { username: (await createUser(site.database)).username } }),
  removeMember: async ({ site, tenant }) => {
    const { username } = await createUser(site.database);
    const { namespace, actor } = tenant;
    await new MemberStore(site.database).put({ namespace, username, actor }, 'reader');
    return { params: { username } };
  },
  exportAuditEvents: () => ({ query: 'format=csv' }),
};
