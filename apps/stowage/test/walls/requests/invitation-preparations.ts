import { randomUUID } from 'node:crypto';
import { generateSecretToken, hashSecretToken } from '@stowage/auth';
import { InvitationStore } from '@stowage/metadata';
import { createTenant, type Tenant } from '@stowage/metadata/testing';
import type { Site } from '../open-site.js';
import type { Preparations } from './prepared-request.js';

export const invitationPreparations: Preparations = {
  renewInvitation: async ({ site, tenant }) => ({ params: { id: (await invite(site, tenant)).id } }),
  deleteInvitation: async ({ site, tenant }) => ({ params: { id: (await invite(site, tenant)).id } }),
  getInvitation: async ({ site, tenant }) => ({ params: { code: (await invite(site, tenant)).code } }),
  // To a namespace that nobody is in: members of their own are told that they are members.
  acceptInvitation: async ({ site }) => ({
    params: { code: (await invite(site, await createTenant(site.database))).code },
  }),
};

async function invite(site: Site, { namespace, actor, owner }: Tenant): Promise<{ id: string; code: string }> {
  const id = randomUUID();
  const { text: code } = generateSecretToken('code');
  const link = { hash: hashSecretToken(code), lifetimeSeconds: 600, invitedBy: owner.username, letter: undefined };
  await new InvitationStore(site.database).create({ id, email: null, role: 'reader' }, { namespace, link, actor });
  return { id, code };
}
