import { TrustRuleStore } from '@stowage/metadata';
import { aName, type Tenant } from '@stowage/metadata/testing';
import type { Preparations } from './prepared-request.js';

export const trustRulePreparations: Preparations = {
  createTrustRule: ({ tenant }) => ({ body: aRule(tenant) }),
  deleteTrustRule: async ({ site, tenant }) => {
    const { id } = await new TrustRuleStore(site.database).create(tenant.namespace, aRule(tenant), tenant.actor);
    return { params: { id } };
  },
};

function aRule({ namespace }: Tenant) {
  return {
    name: aName('rule'),
    issuer: 'https://gitlab.com',
    audience: 'https://registry.example.com',
    claims: { project_path: 'octo-group/app' },
    grants: [{ repository: `${namespace.name}/app`, actions: ['pull' as const] }],
  };
}
