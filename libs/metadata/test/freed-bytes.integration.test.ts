import { parseTagName } from '@stowage/oci';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RetentionEffect } from '../src/retention/retention-effect.js';
import {
  aBlob,
  anImage,
  anIndex,
  createRepository,
  createTenant,
  pushImageRows,
  storeBlob,
  type TestBlob,
  type TestManifest,
} from '../src/testing/index.js';
import { openDatabase } from './open-database.js';

const opened = openDatabase();
const LAYERS = 4;

/** What the reference looks at of a manifest. */
interface Held {
  readonly manifest: TestManifest;
  readonly blobs: readonly TestBlob[];
  readonly children: readonly number[];
  readonly subject: number | undefined;
  readonly tags: readonly { readonly name: string; readonly goes: boolean }[];
}

const tags = fc.array(fc.record({ goes: fc.boolean() }), { maxLength: 2 });
/** Numbers lead to one of the manifests before, by what remains of their division. */
const pushes = fc.array(
  fc.record({
    layers: fc.uniqueArray(fc.nat(LAYERS - 1), { maxLength: 3 }),
    children: fc.array(fc.nat(), { maxLength: 2 }),
    subject: fc.option(fc.nat(), { nil: undefined, freq: 3 }),
    tags,
  }),
  { minLength: 1, maxLength: 7 },
);
type Push = Parameters<Parameters<typeof pushes.map>[0]>[0][number];

test('what tags free is what a look at all that stays says, with children, referrers and shared layers', async () => {
  const tenant = await createTenant(opened.database);
  let count = 0;
  const elsewhere = fc.option(fc.nat(LAYERS - 1), { nil: undefined });
  await fc.assert(
    fc.asyncProperty(pushes, elsewhere, async (all, shared) => {
      count += 1;
      const repository = await createRepository(opened.database, `${tenant.namespace.name}/r${count}`);
      const layers = Array.from({ length: LAYERS }, () => aBlob());
      const held: Held[] = [];
      for (const push of all) held.push(heldBy(push, { held, layers }));
      for (const { manifest, blobs, tags: names } of held) {
        await pushImageRows(
          opened.database,
          repository,
          { ...manifest, blobs },
          { tags: names.map(({ name }) => name) },
        );
      }
      const other = shared === undefined ? undefined : layers[shared];
      if (other) {
        await storeBlob(opened.database, await createRepository(opened.database, `${repository.name}-other`), other);
      }
      const going = held.flatMap((each) => each.tags.filter(({ goes }) => goes)).map(({ name }) => parseTagName(name));
      const place = { namespaceId: tenant.namespace.id, repositoryId: repository.id };
      const freed = await new RetentionEffect(opened.database).freedBytes(place, going);
      expect(freed).toBe(going.length === 0 ? 0 : freedByReference(held, other));
    }),
    { numRuns: 40 },
  );
}, 120_000);

/** An image without children, else an index; tags are named by their place. */
function heldBy(
  push: Push,
  { held, layers }: { readonly held: readonly Held[]; readonly layers: readonly TestBlob[] },
): Held {
  const earlier = (number: number) => (held.length === 0 ? undefined : number % held.length);
  const children = [...new Set(push.children.map(earlier))].filter((at) => at !== undefined);
  const subject = push.subject === undefined ? undefined : earlier(push.subject);
  const target = subject === undefined ? undefined : held[subject]?.manifest;
  const extra = target
    ? { subject: { mediaType: target.mediaType, digest: target.digest, size: target.bytes.length } }
    : {};
  const tagsOfIt = push.tags.map(({ goes }, at) => ({ name: `t${held.length}-${at}`, goes }));
  if (children.length > 0) {
    const members = children.flatMap((at) => held[at]?.manifest ?? []);
    const annotations = { number: String(held.length) };
    const manifest = anIndex(members, { ...extra, annotations });
    return { manifest, blobs: [], children, subject, tags: tagsOfIt };
  }
  const image = anImage({ layers: push.layers.flatMap((at) => layers[at] ?? []), extra });
  return { manifest: image, blobs: image.blobs, children, subject, tags: tagsOfIt };
}

/** Follows everything from the tags, twice. */
function freedByReference(held: readonly Held[], elsewhere: TestBlob | undefined): number {
  const rooted = (goes: boolean) =>
    held.flatMap(({ tags: names }, at) => (names.length > 0 && names.every((tag) => tag.goes) === goes ? [at] : []));
  const staying = reach(held, rooted(false));
  const gone = [...reach(held, rooted(true))].filter((at) => !staying.has(at));
  const blobsOf = (places: Iterable<number>) => [...places].flatMap((at) => held[at]?.blobs ?? []);
  const kept = new Set([...blobsOf(staying), ...(elsewhere ? [elsewhere] : [])].map(({ digest }) => digest));
  const freed = new Map(blobsOf(gone).map(({ digest, size }) => [digest, size]));
  for (const digest of kept) freed.delete(digest);
  const manifests = gone.reduce((sum, at) => sum + (held[at]?.manifest.bytes.length ?? 0), 0);
  return manifests + [...freed.values()].reduce((sum, size) => sum + size, 0);
}

function reach(held: readonly Held[], roots: readonly number[]): Set<number> {
  const reached = new Set(roots);
  for (const at of reached) {
    for (const child of held[at]?.children ?? []) reached.add(child);
    held.forEach(({ subject }, referrer) => {
      if (subject === at) reached.add(referrer);
    });
  }
  return reached;
}
