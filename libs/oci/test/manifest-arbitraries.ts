import fc from 'fast-check';
import { MEDIA_TYPES } from '../src/media-types.js';
import { anyDigest } from './arbitraries.js';

/** Text that a manifest may hold: no NUL and no half surrogate pairs. */
const text = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((value) => !value.includes('\0'));

const mediaType = fc.stringMatching(/^[a-z]{1,10}\/[a-z0-9.+-]{1,30}$/);

const annotations = fc
  .array(fc.tuple(text, text), { maxLength: 4 })
  .map((entries) => Object.fromEntries(entries.filter(([name]) => name !== '__proto__')));

export const anyDescriptor = fc.record(
  {
    mediaType,
    digest: anyDigest,
    size: fc.maxSafeNat(),
    urls: fc.array(text, { maxLength: 2 }),
    annotations,
    artifactType: mediaType,
    platform: fc.record({ os: text, architecture: text }),
  },
  { requiredKeys: ['mediaType', 'digest', 'size'] },
);

/** Members of both kinds, and some that nobody knows. */
const common = {
  subject: anyDescriptor,
  artifactType: mediaType,
  annotations,
  'org.example.unknown': fc.jsonValue({ maxDepth: 5 }).filter((value) => !JSON.stringify(value).includes('\\u0000')),
};

const anyImageJson = fc.record(
  {
    schemaVersion: fc.constant(2),
    config: anyDescriptor,
    layers: fc.array(anyDescriptor, { maxLength: 5 }),
    ...common,
  },
  { requiredKeys: ['schemaVersion', 'config', 'layers'] },
);

const anyIndexJson = fc.record(
  { schemaVersion: fc.constant(2), manifests: fc.array(anyDescriptor, { maxLength: 5 }), ...common },
  { requiredKeys: ['schemaVersion', 'manifests'] },
);

const { ociManifest, dockerManifest, ociIndex, dockerManifestList } = MEDIA_TYPES;

export const anyImageManifest = fc.record({ json: anyImageJson, type: fc.constantFrom(ociManifest, dockerManifest) });
export const anyIndexManifest = fc.record({ json: anyIndexJson, type: fc.constantFrom(ociIndex, dockerManifestList) });
