import { Deletions, MemberStore } from '@stowage/metadata';
import { aName, anImage, createRepository, createTenant, pushImageRows, TRASH } from '@stowage/metadata/testing';
import { parseTagName } from '@stowage/oci';
import type { Caller } from '../callers.js';
import type { World } from '../world.js';
import type { Preparations } from './prepared-request.js';

export const trashPreparations: Preparations = {
  getTrashEntry: async (world) => ({ params: { id: await anEntry(world) } }),
  restoreFromTrash: async (world) => ({ params: { id: await anEntry(world) } }),
  purgeFromTrash: async (world) => ({ params: { id: await anEntry(world) } }),
  restoreManagedTrash: async (world) => ({ params: { id: await anEntry(world) } }),
  purgeManagedTrash: async (world) => ({ params: { id: await anEntry(world) } }),
  restoreNamespace: async (world, caller) => ({ params: { id: await aNamespace(world, caller) } }),
  purgeNamespace: async (world, caller) => ({ params: { id: await aNamespace(world, caller) } }),
  restoreRun: async (world) => {
    const id = crypto.randomUUID();
    await anEntry(world, id);
    return { params: { id } };
  },
  restoreTag: ({ image }) => ({ body: { digest: image.digest } }),
};

/** A tag of the world's namespace that was deleted. */
async function anEntry({ site, tenant }: World, runId?: string): Promise<string> {
  const { database } = site;
  const repository = await createRepository(database, `${tenant.namespace.name}/${aName('trashed')}`);
  await pushImageRows(database, repository, anImage(), { tags: ['v1'] });
  const tags = [{ name: parseTagName('v1') }];
  const [gone] = await new Deletions(database, TRASH).tags({ repository, tags, actor: tenant.actor, runId });
  return gone?.entryId ?? 'none';
}

/** A namespace that the caller owned and that was deleted; everybody has owned one once. */
async function aNamespace({ site, person }: World, caller: Caller): Promise<string> {
  const { namespace, actor } = await createTenant(site.database);
  const owner = caller === 'anonymous' || caller === 'robot' ? undefined : await person(caller);
  if (owner) await new MemberStore(site.database).put({ namespace, username: owner.username, actor }, 'owner');
  const outcome = await new Deletions(site.database, TRASH).namespace({ namespace, actor });
  if (outcome.kind !== 'deleted') throw new Error(outcome.kind);
  return outcome.entryId;
}
