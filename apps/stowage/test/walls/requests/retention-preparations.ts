import { retentionPolicySchema } from '@stowage/contracts';
import { RepositoryStore, RetentionPolicyStore } from '@stowage/metadata';
import { parseRepositoryName } from '@stowage/oci';
import type { World } from '../world.js';
import type { Preparation, Preparations } from './prepared-request.js';

/** A run needs a policy to apply. */
export const retentionPreparations: Preparations = {
  runRetention: async ({ site, tenant }): Promise<Preparation> => {
    const { id, name } = tenant.namespace;
    await policies(site).set({ kind: 'namespace', id, namespaceId: id, name }, NOTHING_GOES, tenant.actor);
    return {};
  },
  runRepositoryRetention: async ({ site, tenant, repository: path }): Promise<Preparation> => {
    const name = parseRepositoryName(`${tenant.namespace.name}/${path.split('/').at(-1)}`);
    const repository = await new RepositoryStore(site.database).find(name);
    if (!repository) throw new Error(`no repository ${name}`);
    await policies(site).set({ kind: 'repository', ...repository }, NOTHING_GOES, tenant.actor);
    return {};
  },
};

const NOTHING_GOES = retentionPolicySchema.parse({ rules: [{ tags: ['*'], keep: { kind: 'always' } }] });

function policies({ database }: World['site']): RetentionPolicyStore {
  return new RetentionPolicyStore(database);
}
