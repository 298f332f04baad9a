import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RepositoryRecord } from '../src/registry/repository-store.js';
import { BlobStore } from '../src/registry/blob-store.js';
import { deleteManifest } from '../src/registry/manifest-deletion.js';
import { deleteTags } from '../src/trash/tag-deletion.js';
import { UploadSessionStore } from '../src/registry/upload-session-store.js';
import {
  aBlob,
  anImage,
  chargedTo,
  createRepository,
  createTenant,
  pushRows,
  recount,
  NO_TRASH,
  REVIEW_DELAY,
  storeBlob,
  type Tenant,
  userRef,
} from '../src/testing/index.js';
import { parseTagName } from '@stowage/oci';
import { openDatabase } from './open-database.js';

const opened = openDatabase();

// Few of each, so that the operations meet.
const LAYERS = Array.from({ length: 3 }, (_, at) => aBlob(10 + at));
const IMAGES = [
  anImage({ layers: LAYERS.slice(0, 2) }),
  anImage({ layers: LAYERS.slice(1) }),
  anImage({ layers: LAYERS }),
];
const BLOBS = [...LAYERS, ...IMAGES.map(({ blobs }) => blobs[0]!)];

const OPERATIONS = [
  'upload',
  'push',
  'tag',
  'untag',
  'mount',
  'delete manifest',
  'delete blob',
  'abandon',
  'discard',
] as const;

interface Step {
  readonly operation: (typeof OPERATIONS)[number];
  readonly repository: number;
  readonly other: number;
  readonly item: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  operation: fc.constantFrom(...OPERATIONS),
  repository: fc.nat({ max: 3 }),
  other: fc.nat({ max: 3 }),
  item: fc.nat({ max: 5 }),
});

async function perform(
  { operation, repository, other, item }: Step,
  repositories: RepositoryRecord[],
  tenant: Tenant,
): Promise<void> {
  const { database } = opened;
  const target = repositories[repository]!;
  const blob = BLOBS[item % BLOBS.length]!;
  const image = IMAGES[item % IMAGES.length]!;
  const { actor } = tenant;
  const sessions = new UploadSessionStore(database, REVIEW_DELAY);
  switch (operation) {
    case 'upload':
      return storeBlob(database, target, blob);
    case 'push':
      for (const needed of image.blobs) await storeBlob(database, target, needed);
      return pushRows(database, target, image);
    case 'tag':
      return pushRows(database, target, image, { tags: ['t1', 't2'] });
    case 'untag':
      await deleteTags(database, { repository: target, tags: [{ name: parseTagName('t1') }], actor }, NO_TRASH);
      return;
    case 'mount':
      await new BlobStore(database, REVIEW_DELAY).mount({
        source: repositories[other]!.name,
        target,
        digest: blob.digest,
        actor,
      });
      return;
    case 'delete manifest':
      await deleteManifest(database, { repository: target, digest: image.digest, actor }, NO_TRASH);
      return;
    case 'delete blob':
      await new BlobStore(database, REVIEW_DELAY).unlink(target, blob.digest, actor);
      return;
    case 'abandon':
    case 'discard': {
      const session = await sessions.create({
        repository: target,
        principal: userRef(tenant.owner),
        storageToken: 't',
      });
      const claimed = (await sessions.claim(session, 0))!;
      await sessions.advance(claimed, { offset: 5 + item, storageToken: 't', keepClaim: false });
      if (operation === 'discard') await sessions.discard(session);
    }
  }
}

/** What a client may be told; anything else is a defect. */
const REFUSALS = new Set(['ReferenceMissingError', 'QuotaExceededError']);

describe('accounting', () => {
  it('is what a recount finds after any operations, four at a time, and never above the limit (R14, I6)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { minLength: 4, maxLength: 4 }), { minLength: 3, maxLength: 10 }),
        async (rounds) => {
          const tenants = [
            await createTenant(opened.database, { limitBytes: 1500 }),
            await createTenant(opened.database),
          ];
          const names = tenants.flatMap(({ namespace }) => [`${namespace.name}/a`, `${namespace.name}/b`]);
          const repositories = await Promise.all(names.map((name) => createRepository(opened.database, name)));
          for (const round of rounds) {
            const outcomes = await Promise.allSettled(
              round.map((each) => perform(each, repositories, tenants[Math.floor(each.repository / 2)]!)),
            );
            const errors = outcomes.flatMap((outcome) =>
              outcome.status === 'rejected' ? [outcome.reason as Error] : [],
            );
            expect(errors.filter(({ name }) => !REFUSALS.has(name))).toEqual([]);
            for (const { namespace } of tenants) {
              const charged = await chargedTo(opened.database, namespace.id);
              expect(charged).toEqual(await recount(opened.database, namespace.id));
              if (namespace === tenants[0]?.namespace)
                expect(charged.used + charged.reserved).toBeLessThanOrEqual(1500);
            }
          }
        },
      ),
      { numRuns: 8, endOnFailure: true },
    );
  });
});
