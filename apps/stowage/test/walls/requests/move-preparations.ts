import { NamespaceRenaming, RepositoryTransfers } from '@stowage/metadata';
import { aName, createRepository, createTenant, createUser } from '@stowage/metadata/testing';
import type { World } from '../world.js';
import type { Preparations } from './prepared-request.js';

export const movePreparations: Preparations = {
  putUserGrants: async ({ site, tenant }) => ({
    params: { username: (await createUser(site.database)).username },
    body: { grants: [{ repository: `${tenant.namespace.name}/team/*`, actions: ['pull'] }] },
  }),
  renameNamespace: () => ({ body: { name: aName('renamed') } }),
  deleteAlias: async ({ site, tenant }) => {
    const { namespace, actor } = tenant;
    const old = aName('old');
    const renaming = new NamespaceRenaming(site.database);
    // There and back: the world knows the namespace by its name.
    await renaming.rename(namespace, old, actor);
    await renaming.rename({ id: namespace.id, name: old }, namespace.name, actor);
    return { params: { alias: old } };
  },
  requestTransfer: async ({ site }) => ({ body: { to: (await createTenant(site.database)).namespace.name } }),
  acceptTransfer: async (world) => ({ params: { id: await anOffer(world) } }),
  endTransfer: async (world) => ({ params: { id: await anOffer(world) } }),
};

/** Of somebody else's repository to the namespace of the world. */
async function anOffer({ site, tenant }: World): Promise<string> {
  const source = await createTenant(site.database);
  const repository = await createRepository(site.database, `${source.namespace.name}/${aName('app')}`);
  const transfers = new RepositoryTransfers(site.database);
  await transfers.request(repository, tenant.namespace.name, source.actor);
  const offers = await transfers.list(source.namespace.id);
  return offers[0]?.id ?? 'none';
}
