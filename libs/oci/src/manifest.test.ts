import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aDescriptor, anImage, anIndex, bytesOf, outcomeOf, SHA512 } from '../test/manifest-samples.js';
import { MAX_MANIFEST_BYTES, parseManifest } from './manifest.js';
import { isForeignLayer, MEDIA_TYPES } from './media-types.js';

const { ociManifest, ociIndex, dockerManifest, dockerManifestList } = MEDIA_TYPES;
const parse = (json: unknown, mediaType: string = ociManifest) => parseManifest(bytesOf(json), mediaType);
const outcome = (json: unknown, mediaType: string = ociManifest) => outcomeOf(() => parse(json, mediaType));

describe('parseManifest', () => {
  // P34, P35
  it.each<[string, object, string]>([
    ['an OCI image', anImage(), ociManifest],
    ['an image without mediaType', anImage({ mediaType: undefined }), ociManifest],
    ['an image without layers', anImage({ layers: [] }), ociManifest],
    ['an image with sha512', anImage({ layers: [aDescriptor({ digest: SHA512 })] }), ociManifest],
    ['an image with subject and artifactType', anImage({ subject: aDescriptor(), artifactType: 'a/b' }), ociManifest],
    ['a Docker schema 2 image', anImage({ mediaType: dockerManifest }), dockerManifest],
    ['an OCI index', anIndex(), ociIndex],
    ['an empty index', anIndex({ manifests: [] }), ociIndex],
    ['an index with subject and artifactType', anIndex({ subject: aDescriptor(), artifactType: 'a/b' }), ociIndex],
    ['a Docker list', anIndex({ mediaType: dockerManifestList }), dockerManifestList],
    ['unknown members', anImage({ 'org.custom': { x: [1] }, layers: [aDescriptor({ 'x-new': true })] }), ociManifest],
    ['inline data and urls', anImage({ layers: [aDescriptor({ data: 'e30=', urls: ['https://x'] })] }), ociManifest],
    ['the largest exact size', anImage({ layers: [aDescriptor({ size: Number.MAX_SAFE_INTEGER })] }), ociManifest],
  ])('accepts %s', (_, json, mediaType) => {
    expect(outcome(json, mediaType)).toBe('ok');
  });

  it('gives what it read: kind, type, descriptors, subject, annotations', () => {
    const subject = aDescriptor({ mediaType: ociManifest });
    const image = parse(anImage({ subject, annotations: { a: 'b' }, artifactType: 'x/y' }));
    expect(image).toMatchObject({
      kind: 'image',
      mediaType: ociManifest,
      layers: [aDescriptor()],
      subject,
      annotations: { a: 'b' },
      artifactType: 'x/y',
    });
    expect(parse(anIndex(), ociIndex)).toMatchObject({
      kind: 'index',
      manifests: anIndex()['manifests'],
      annotations: {},
      subject: undefined,
    });
  });

  // CVE-2021-41190: one byte string must not be an image to one client and an index to another.
  it.each<[string, unknown, string]>([
    ['manifests in an image', anImage({ manifests: [] }), ociManifest],
    ['manifests: null in an image', anImage({ manifests: null }), ociManifest],
    ['manifests in a Docker image', anImage({ mediaType: undefined, manifests: [] }), dockerManifest],
    ['layers in an index', anIndex({ layers: [] }), ociIndex],
    ['a config in an index', anIndex({ config: aDescriptor() }), ociIndex],
    ['a config in a Docker list', anIndex({ mediaType: undefined, config: null }), dockerManifestList],
    ['an index as an image', anIndex(), ociManifest],
    ['an index without mediaType as an image', anIndex({ mediaType: undefined }), ociManifest],
    ['an image as an index', anImage({ mediaType: undefined }), ociIndex],
    ['a mediaType that is not the Content-Type', anImage({ mediaType: dockerManifest }), ociManifest],
    ['a mediaType that is null', anImage({ mediaType: null }), ociManifest],
    ['layers twice', '{"schemaVersion":2,"config":{},"layers":[],"layers":[]}', ociManifest],
    [
      'mediaType twice, once by an escape',
      `{"mediaType":"${ociManifest}","media\\u0054ype":"${ociIndex}"}`,
      ociManifest,
    ],
  ])('refuses %s (CVE-2021-41190)', (_, json, mediaType) => {
    expect(outcome(json, mediaType)).toBe('MANIFEST_INVALID');
  });

  it.each([
    '',
    'application/json',
    'text/plain',
    `${ociManifest}; charset=utf-8`,
    'application/vnd.docker.distribution.manifest.v1+prettyjws',
    ociManifest.toUpperCase(),
  ])('refuses the Content-Type %j', (mediaType) => {
    expect(outcome(anImage({ mediaType: undefined }), mediaType)).toBe('MANIFEST_INVALID');
  });

  it.each<[string, unknown]>([
    ['schemaVersion 1', anImage({ schemaVersion: 1 })],
    ['no schemaVersion', anImage({ schemaVersion: undefined })],
    ['no config', anImage({ config: undefined })],
    ['no layers', anImage({ layers: undefined })],
    ['layers: null', anImage({ layers: null })],
    ['10 001 layers (5.2)', anImage({ layers: Array(10_001).fill(aDescriptor()) })],
    ['a descriptor without a size', anImage({ layers: [aDescriptor({ size: undefined })] })],
    ['a descriptor without a mediaType', anImage({ layers: [aDescriptor({ mediaType: undefined })] })],
    ['a bad digest', anImage({ layers: [aDescriptor({ digest: 'sha256:../../x' })] })],
    ['a bad digest in the subject', anImage({ subject: aDescriptor({ digest: 'md5:x' }) })],
    ['an annotation that is no text', anImage({ annotations: { a: 1 } })],
    ['not an object', '[]'],
    ['null', 'null'],
    ['not JSON', '{"schemaVersion":2'],
    ['nothing', ''],
    ['a byte order mark', `\uFEFF${JSON.stringify(anImage())}`],
    ['half a surrogate pair', JSON.stringify(anImage({ annotations: { a: 'X' } })).replace('X', '\\ud800')],
    ['NUL, which Postgres can not hold', JSON.stringify(anImage({ annotations: { a: 'X' } })).replace('X', '\\u0000')],
    ['40 levels in an unknown member', `{"x":${'['.repeat(40)}${']'.repeat(40)}}`],
  ])('refuses %s (5.3)', (_, json) => {
    expect(outcome(json)).toBe('MANIFEST_INVALID');
  });

  it.each(['-1', '1.5', '1e400', '9007199254740992', '9007199254740993', '"5"', 'null', 'true', '{}', '-0.5'])(
    'refuses the size %s (5.3)',
    (size) => {
      const json = JSON.stringify(anImage({ layers: [aDescriptor({ size: 4711 })] })).replace('4711', size);
      expect(outcome(json)).toBe('MANIFEST_INVALID');
    },
  );

  it.each(['config', 'layers.0', 'subject', 'annotations'])('lets __proto__ in %s change nothing', (path) => {
    const json = anImage({ subject: aDescriptor(), annotations: {} });
    const target = path.split('.').reduce<unknown>((value, part) => (value as Record<string, unknown>)[part], json);
    Object.defineProperty(target, '__proto__', {
      value: path === 'annotations' ? 'x' : { polluted: true },
      enumerable: true,
    });
    const manifest = parse(json);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect((manifest as unknown as { polluted?: unknown }).polluted).toBeUndefined();
    expect(
      manifest.kind === 'image' && (manifest.config as unknown as { polluted?: unknown }).polluted,
    ).toBeUndefined();
  });

  it('reads no member from __proto__', () => {
    const { layers: _, ...rest } = anImage();
    const json = JSON.stringify(rest).replace('{', '{"__proto__":{"layers":[]},');
    expect(outcome(json)).toBe('MANIFEST_INVALID');
  });

  it('throws nothing but MANIFEST_INVALID, whatever the bytes', () => {
    const types = fc.constantFrom(ociManifest, ociIndex, dockerManifest, dockerManifestList);
    const almost = fc.record(
      { schemaVersion: fc.constant(2), config: fc.jsonValue(), layers: fc.jsonValue(), manifests: fc.jsonValue() },
      { requiredKeys: [] },
    );
    const bytes = fc.oneof(fc.uint8Array(), fc.json().map(bytesOf), almost.map(bytesOf));
    fc.assert(
      fc.property(bytes, types, (input, type) => {
        expect(['ok', 'MANIFEST_INVALID']).toContain(outcomeOf(() => parseManifest(input, type)));
      }),
    );
  });

  it('accepts more than the 4 MiB that the specification asks for (P16)', () => {
    expect(MAX_MANIFEST_BYTES).toBeGreaterThanOrEqual(4 * 1024 * 1024);
  });
});

describe('isForeignLayer', () => {
  it.each([
    ['application/vnd.oci.image.layer.nondistributable.v1.tar+gzip', true],
    ['application/vnd.docker.image.rootfs.foreign.diff.tar.gzip', true],
    ['application/vnd.oci.image.layer.v1.tar+gzip', false],
    ['application/vnd.docker.image.rootfs.diff.tar.gzip', false],
  ])('%s: %s', (mediaType, expected) => {
    expect(isForeignLayer(mediaType)).toBe(expected);
  });
});
