import { CollectionRuns, PlanStore, SecondFactorStore, SigningKeyStore, SignUpDomainStore } from '@stowage/metadata';
import { actorOf, aName, createUser } from '@stowage/metadata/testing';
import type { World } from '../world.js';
import type { Preparation, Preparations } from './prepared-request.js';

async function aPlan({ site }: World): Promise<Preparation> {
  const plan = { name: aName('plan'), description: '' };
  const limits = { storageBytes: null, privateRepositories: null, members: null, robots: null, layerBytes: null };
  await new PlanStore(site.database).create({ ...plan, limits }, actorOf(await createUser(site.database)));
  return { params: { plan: plan.name } };
}

export const administrationPreparations: Preparations = {
  changeUser: async ({ site }) => ({ params: { username: (await createUser(site.database)).username } }),
  resetSecondFactors: async ({ site }) => {
    const user = await createUser(site.database);
    const totp = { key: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', match: () => 1, recoveryHashes: [] };
    await new SecondFactorStore(site.database).enableTotp(user.id, totp, actorOf(user));
    return { params: { username: user.username } };
  },
  actAs: async ({ site }) => ({ params: { username: (await createUser(site.database)).username } }),
  requestRecount: () => ({ body: {} }),
  takeOverNamespace: async ({ site }) => ({ params: { username: (await createUser(site.database)).username } }),
  deleteSignUpDomain: async ({ site }) => {
    const domain = `${aName('d')}.example`;
    await new SignUpDomainStore(site.database).add('blocked', [domain], actorOf(await createUser(site.database)));
    return { params: { domain } };
  },
  listSignUpDomains: () => ({ query: 'list=blocked' }),
  createPlan: () => ({ body: { name: aName('plan'), limits: {} } }),
  changePlan: aPlan,
  deletePlan: aPlan,
  removeSigningKey: async ({ site }) => {
    const [key] = await new SigningKeyStore(site.database).list();
    return { params: { kid: key?.kid ?? 'none' } };
  },
  getCollectionRun: async ({ site, tenant }) => ({
    params: { id: await new CollectionRuns(site.database).start(true, tenant.actor) },
  }),
  exportRegistryAuditEvents: () => ({ query: 'format=json' }),
};
