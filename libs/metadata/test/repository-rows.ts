import type { Database } from '../src/database.js';
import type { RepositoryRecord } from '../src/registry/repository-store.js';

/** Everything that a push of a manifest may leave behind in a repository. */
export async function rowsOf(database: Database, { id: repositoryId, name }: RepositoryRecord) {
  return database.run(async (db) => ({
    manifests: (await db.manifest.findMany({ where: { repositoryId }, orderBy: { digest: 'asc' } })).map(
      ({ digest }) => digest,
    ),
    blobReferences: await db.manifestBlob.count({ where: { repositoryId } }),
    children: await db.manifestChild.count({ where: { repositoryId } }),
    tags: (await db.tag.findMany({ where: { repositoryId }, orderBy: { name: 'asc' } })).map(
      (tag) => `${tag.name}=${tag.digest}`,
    ),
    tagEvents: (await db.tagEvent.findMany({ where: { repositoryId }, orderBy: { id: 'asc' } })).map((event) => [
      event.name,
      event.previousDigest,
      event.digest,
    ]),
    reviews: (await db.manifestReview.findMany({ where: { repositoryId }, orderBy: { digest: 'asc' } })).map(
      ({ digest }) => digest,
    ),
    audit: (
      await db.auditEvent.findMany({
        where: { action: { startsWith: 'manifest' }, target: { startsWith: `${name}@` } },
      })
    ).map(({ action }) => action),
  }));
}

export const NOTHING = {
  manifests: [],
  blobReferences: 0,
  children: 0,
  tags: [],
  tagEvents: [],
  reviews: [],
  audit: [],
};
