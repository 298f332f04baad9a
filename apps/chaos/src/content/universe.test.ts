import { parseManifest } from '@stowage/oci';
import { expect, test } from 'vitest';
import { digestOf } from './blob.js';
import { makeUniverse } from './universe.js';

const universe = makeUniverse(7);

test('a seed always makes the same contents, and another seed others', () => {
  const namesOf = (seed: number) => makeUniverse(seed).artifacts.map(({ digest }) => digest);
  expect(namesOf(7)).toEqual(universe.artifacts.map(({ digest }) => digest));
  expect(namesOf(8)).not.toEqual(namesOf(7));
});

test('manifests are of the specification, and name what they need', () => {
  for (const { bytes, digest, mediaType, blobs, children } of universe.artifacts) {
    expect(digestOf(bytes)).toBe(digest);
    const manifest = parseManifest(bytes, mediaType);
    const needed = manifest.kind === 'image' ? [manifest.config, ...manifest.layers] : manifest.manifests;
    expect(needed.map((descriptor) => descriptor.digest)).toEqual([...blobs, ...children].map((each) => each.digest));
  }
});

test('repositories share blobs, and each of them lacks some', () => {
  for (const { blobs } of universe.repositories) {
    expect(blobs.length).toBeGreaterThan(5);
    for (const other of universe.repositories) expect(blobs.some((blob) => other.blobs.includes(blob))).toBe(true);
  }
  const everywhere = universe.artifacts.filter((artifact) =>
    universe.repositories.every(({ artifacts }) => artifacts.includes(artifact)),
  );
  expect(everywhere.length).toBeLessThan(universe.artifacts.length);
});
