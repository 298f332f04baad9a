import { MEDIA_TYPES } from '@stowage/oci';
import { afterEach, expect, test } from 'vitest';
import { expectAlive } from '../../support/expect-alive.js';
import { expectOciError } from '../../support/expect-oci.js';
import { anImage, type BuiltManifest, describe, manifestOf } from '../../support/images.js';
import { bytesOf, insist } from '../../support/registry-client.js';
import { useOwner } from '../../support/use-owner.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

const running = useSharedStowage();
const owner = useOwner(running);

afterEach(() => expectAlive(running));

let made = 0;

function indexOf(...children: readonly BuiltManifest[]): BuiltManifest {
  made += 1;
  return manifestOf(MEDIA_TYPES.ociIndex, {
    schemaVersion: 2,
    mediaType: MEDIA_TYPES.ociIndex,
    manifests: children.map((child) => describe(child, child.mediaType)),
    annotations: { 'org.example.number': String(made) },
  });
}

async function pushedImage(repository: string): Promise<BuiltManifest> {
  const image = await anImage({ layers: 1 });
  await owner.client.pushImage(repository, image.manifest.digest, image);
  return image.manifest;
}

async function push(repository: string, manifest: BuiltManifest, reference: string = manifest.digest): Promise<void> {
  await insist(await owner.client.putManifest(repository, reference, manifest), 201);
}

function remove(repository: string, { digest }: BuiltManifest): Promise<Response> {
  return owner.client.request('DELETE', `/v2/${repository}/manifests/${digest}`);
}

test('takes a chain of two hundred indexes, and lets go of it from the top (5.2)', async () => {
  const repository = owner.newRepository();
  const chain = [await pushedImage(repository)];
  for (let level = 0; level < 200; level += 1) {
    const index = indexOf(chain.at(-1) as BuiltManifest);
    await push(repository, index);
    chain.push(index);
  }
  await push(repository, chain.at(-1) as BuiltManifest, 'top');
  const [bottom] = chain as [BuiltManifest];
  await expectOciError(await remove(repository, bottom), 403, 'DENIED');
  for (const manifest of chain.toReversed()) await insist(await remove(repository, manifest), 202);
  expect((await owner.client.getManifest(repository, 'top')).status).toBe(404);
}, 180_000);

test('takes a diamond with more paths than anybody could walk (5.2, zot#4318)', async () => {
  const repository = owner.newRepository();
  const image = await pushedImage(repository);
  let pair = [indexOf(image), indexOf(image)];
  const all = [...pair];
  for (const index of pair) await push(repository, index);
  // 2^80 paths, of which the sizes alone would not fit a number of the database.
  for (let level = 0; level < 80; level += 1) {
    pair = [indexOf(...pair), indexOf(...pair)];
    for (const index of pair) await push(repository, index);
    all.push(...pair);
  }
  const [top] = pair as [BuiltManifest];
  await push(repository, top, 'top');
  const get = await owner.client.getManifest(repository, 'top');
  expect((await bytesOf(get)).equals(top.bytes)).toBe(true);
  await insist(await owner.client.putManifest(owner.newRepository(), 'top', top), 400);
  for (const index of all.toReversed()) await insist(await remove(repository, index), 202);
}, 180_000);

test('takes an index of ten thousand entries (5.2)', async () => {
  const repository = owner.newRepository();
  const image = await pushedImage(repository);
  const index = indexOf(...Array<BuiltManifest>(10_000).fill(image));
  await push(repository, index, 'wide');
  expect((await bytesOf(await owner.client.getManifest(repository, 'wide'))).equals(index.bytes)).toBe(true);
  await expectOciError(await remove(repository, image), 403, 'DENIED');
});
