import { randomBytes } from 'node:crypto';
import { MEDIA_TYPES } from '@stowage/oci';
import { digestOf } from '../images.js';
import { type Algorithm, DataSet, descriptorOf, type Extra } from './data-set.js';

const EMPTY = { bytes: Buffer.from('{}'), mediaType: 'application/vnd.oci.empty.v1+json' };
const EXAMPLE = 'application/vnd.example.suite.1';
const OTHER = 'application/vnd.example.suite.2';
const ANNOTATIONS = { 'org.example.suite': 'hello' };
const FOREIGN = 'application/vnd.oci.image.layer.nondistributable.v1.tar';

/** One name per kind of content that the specification allows (P16, P33, P35). */
export const DATA_SETS: readonly (readonly [string, () => DataSet])[] = [
  ['an image', () => built((set) => set.image({}, { tag: 'image' }))],
  [
    'an image with layers that are not compressed',
    () => built((set) => set.image({ layerType: 'application/vnd.oci.image.layer.v1.tar' }, { tag: 'plain' })),
  ],
  ['a manifest of almost four mebibytes', () => built((set) => set.image({}, { tag: 'large', annotations: large() }))],
  ['an index', () => built((set) => anIndex(set, { tag: 'index' }))],
  ['an index of indexes', () => built((set) => set.index([anIndex(set), anIndex(set)], { tag: 'nested' }))],
  ['an index of nothing', () => built((set) => set.index([], { tag: 'empty' }))],
  ['an artifact', () => built((set) => anArtifact(set, { tag: 'artifact' }))],
  [
    'an index of artifacts',
    () => built((set) => set.index([anArtifact(set), anArtifact(set)], { tag: 'artifacts', artifactType: EXAMPLE })),
  ],
  [
    'an artifact without layers',
    () =>
      built((set) =>
        set.image(
          { config: EMPTY, layers: [EMPTY.bytes], layerType: EMPTY.mediaType },
          { tag: 'bare', artifactType: EXAMPLE },
        ),
      ),
  ],
  ['artifacts with a subject', () => built(withReferrers)],
  [
    'an index with a subject',
    () =>
      built((set) => {
        const subject = descriptorOf(anIndex(set, { tag: 'index' }));
        anIndex(set, { tag: 'referrer', subject, artifactType: EXAMPLE, annotations: ANNOTATIONS });
      }),
  ],
  [
    'an artifact whose subject is missing',
    () =>
      built((set) => {
        const subject = { mediaType: MEDIA_TYPES.ociManifest, size: 123, digest: digestOf(randomBytes(32)) };
        anArtifact(set, { tag: 'early', subject, annotations: ANNOTATIONS });
      }),
  ],
  ['descriptors with data in them', () => built((set) => set.image({ inline: true }, { tag: 'data' }))],
  ['layers that may not be distributed', () => built((set) => set.image({ foreign: foreign() }, { tag: 'foreign' }))],
  [
    'members that nobody knows',
    () =>
      built((set) => {
        const member = { 'org.example.unknown': { nested: [1, 2.5, null] } };
        const images = [set.image({}, member), set.image({}, member)];
        set.index(images, { tag: 'custom', ...member });
      }),
  ],
  ['an image without layers', () => built((set) => set.image({ layers: [] }, { tag: 'no-layers' }))],
  ['content under sha512', () => built((set) => anIndex(set), 'sha512')],
];

/** What is pushed by digest, with its tags as parameters (main branch, "Pushing Manifests with tags"; P17). */
export const TAG_PARAMETER_SETS: readonly (readonly [string, () => DataSet])[] = [
  ['tags as parameters', () => withManyTags('sha256')],
  ['tags as parameters, of sha512', () => withManyTags('sha512')],
];

function built(fill: (set: DataSet) => unknown, algorithm?: Algorithm): DataSet {
  const set = new DataSet(algorithm);
  fill(set);
  return set;
}

function anIndex(set: DataSet, extra?: Extra) {
  return set.index([set.image(), set.image()], extra);
}

function anArtifact(set: DataSet, extra: Extra = {}) {
  return set.image(
    { config: EMPTY, layers: [randomBytes(300)], layerType: EXAMPLE },
    { artifactType: EXAMPLE, ...extra },
  );
}

function withReferrers(set: DataSet): void {
  const subject = descriptorOf(set.image({}, { tag: 'image' }));
  set.image({}, { subject });
  anArtifact(set, { tag: 'referrer-1', subject, annotations: ANNOTATIONS });
  anArtifact(set, { tag: 'referrer-2', subject, annotations: ANNOTATIONS, artifactType: OTHER });
}

function withManyTags(algorithm: Algorithm): DataSet {
  const set = new DataSet(algorithm);
  anIndex(set, { tag: `many-${algorithm}` });
  for (const [at, manifest] of set.manifests.entries()) set.tags.set(`many-${algorithm}-${at}`, manifest);
  return set;
}

function large(): Record<string, string> {
  return Object.fromEntries(Array.from({ length: 390 }, (_, at) => [`org.example.large-${at}`, 'A'.repeat(10_000)]));
}

function foreign(): object[] {
  return [`${FOREIGN}+gzip`, FOREIGN].map((mediaType) => {
    const digest = digestOf(randomBytes(32));
    return { mediaType, digest, size: 12_345, urls: [`https://store.example.com/${digest}`] };
  });
}
