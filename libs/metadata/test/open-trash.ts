import { type Digest, parseReference, parseTagName, type RepositoryName } from '@stowage/oci';
import { beforeAll, expect } from 'vitest';
import { GarbageStore } from '../src/collection/garbage-store.js';
import { ManifestStore } from '../src/registry/manifest-store.js';
import type { RepositoryRecord } from '../src/registry/repository-store.js';
import {
  chargedTo,
  createRepository,
  createTenant,
  recount,
  REVIEW_DELAY,
  type Tenant,
  TRASH,
} from '../src/testing/index.js';
import type { DeletionTerms } from '../src/trash/deletion-terms.js';
import { Deletions } from '../src/trash/deletions.js';
import { TrashPurge } from '../src/trash/purge.js';
import { restoreEntry } from '../src/trash/restore.js';
import { TrashListings } from '../src/trash/trash-listing.js';
import { openDatabase } from './open-database.js';

/** A tenant whose repositories, manifests and tags go to the trash and come back, for the tests of a file. */
export function openTrash() {
  const opened = openDatabase();
  let found: Tenant;
  let count = 0;
  beforeAll(async () => {
    found = await createTenant(opened.database);
  });
  const tenant = () => found;
  const deletions = (terms: DeletionTerms = TRASH) => new Deletions(opened.database, terms);
  return {
    opened,
    tenant,
    deletions,
    newRepository: () => createRepository(opened.database, `${found.namespace.name}/r${(count += 1)}`),
    purge: () => new TrashPurge(opened.database, REVIEW_DELAY),

    restore: (id: string | null | undefined, leaveTaken = false) =>
      restoreEntry(opened.database, String(id), { actor: found.actor, leaveTaken }),

    async deleteTag(repository: RepositoryRecord, name: string) {
      const tags = [{ name: parseTagName(name) }];
      return (await deletions().tags({ repository, tags, actor: found.actor }))[0]?.entryId;
    },

    async deleteManifest(repository: RepositoryRecord, digest: Digest) {
      const result = await deletions().manifest({ repository, digest, actor: found.actor });
      if (result.outcome !== 'deleted') throw new Error(result.outcome);
      return result.entryId;
    },

    find: (name: RepositoryName, reference: string) =>
      new ManifestStore(opened.database).find(name, parseReference(reference)),

    /** What the trash of the namespace shows. */
    async listed() {
      const rows = await new TrashListings(opened.database).list(found.namespace.id, { after: null, limit: 1000 });
      return rows.map(({ kind, repository, name }) => `${kind} ${repository} ${name}`);
    },

    async expectNoDrift() {
      const { id } = found.namespace;
      expect(await chargedTo(opened.database, id)).toEqual(await recount(opened.database, id));
    },

    /** The verdict of the collector about a manifest whose review is due; undefined when none is. */
    async reviewed(digest: Digest) {
      const garbage = new GarbageStore(opened.database, REVIEW_DELAY);
      await opened.database.run(
        (db) => db.$executeRaw`
          UPDATE manifest_review SET review_after = now() - interval '1 second', review_count = 0 WHERE digest = ${digest}`,
      );
      const claim = (await garbage.claim('manifest_review', 1000)).find((each) => each.digest === digest);
      return claim && (await garbage.review('manifest_review', [claim]))[0]?.verdict;
    },
  };
}
