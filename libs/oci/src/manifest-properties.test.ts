import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyImageManifest, anyIndexManifest } from '../test/manifest-arbitraries.js';
import { bytesOf, outcomeOf } from '../test/manifest-samples.js';
import { parseManifest } from './manifest.js';

describe('parseManifest', () => {
  it('gives back what an image says, with and without mediaType', () => {
    fc.assert(
      fc.property(anyImageManifest, fc.boolean(), ({ json, type }, isTyped) => {
        const parsed = parseManifest(bytesOf(isTyped ? { ...json, mediaType: type } : json), type);
        const { config, layers, subject, artifactType, annotations = {} } = json;
        expect(parsed).toEqual({ kind: 'image', mediaType: type, config, layers, subject, artifactType, annotations });
      }),
    );
  });

  it('gives back what an index says', () => {
    fc.assert(
      fc.property(anyIndexManifest, ({ json, type }) => {
        const { manifests, subject, artifactType, annotations = {} } = json;
        expect(parseManifest(bytesOf(json), type)).toEqual({
          kind: 'index',
          mediaType: type,
          manifests,
          subject,
          artifactType,
          annotations,
        });
      }),
    );
  });

  it('sees the same in any layout of the same JSON, and in any order of its members', () => {
    fc.assert(
      fc.property(fc.oneof(anyImageManifest, anyIndexManifest), fc.nat({ max: 9 }), ({ json, type }, indent) => {
        const reversed = Object.fromEntries(Object.entries(json).toReversed());
        const expected = parseManifest(bytesOf(json), type);
        expect(parseManifest(bytesOf(`\n${JSON.stringify(reversed, null, indent)}\t `), type)).toEqual(expected);
      }),
    );
  });

  it('takes none of them under a type of the other kind (CVE-2021-41190)', () => {
    fc.assert(
      fc.property(anyImageManifest, anyIndexManifest, (image, index) => {
        expect(outcomeOf(() => parseManifest(bytesOf(image.json), index.type))).toBe('MANIFEST_INVALID');
        expect(outcomeOf(() => parseManifest(bytesOf(index.json), image.type))).toBe('MANIFEST_INVALID');
      }),
    );
  });

  it('refuses every one of them that has a member twice', () => {
    fc.assert(
      fc.property(fc.oneof(anyImageManifest, anyIndexManifest), fc.nat(), ({ json, type }, at) => {
        const names = Object.keys(json);
        const twice = JSON.stringify(json).replace('{', `{${JSON.stringify(names[at % names.length])}:0,`);
        expect(outcomeOf(() => parseManifest(bytesOf(twice), type))).toBe('MANIFEST_INVALID');
      }),
    );
  });
});
