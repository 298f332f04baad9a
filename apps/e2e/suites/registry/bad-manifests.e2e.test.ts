import { MAX_MANIFEST_BYTES, MEDIA_TYPES, type OciErrorCode } from '@stowage/oci';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { expectAlive } from '../../support/expect-alive.js';
import { expectOciError } from '../../support/expect-oci.js';
import {
  anImage,
  type BuiltManifest,
  content,
  describe as describeContent,
  type Image,
  manifestOf,
  noise,
} from '../../support/images.js';
import { bytesOf, insist } from '../../support/registry-client.js';
import { useOwner } from '../../support/use-owner.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

const running = useSharedStowage();
const owner = useOwner(running);
const { ociManifest, ociIndex, ociConfig } = MEDIA_TYPES;
let repository = '';
let image: Image;

beforeAll(async () => {
  repository = owner.newRepository();
  image = await anImage();
  await owner.client.pushImage(repository, 'good', image);
});

/** Whatever was refused, nothing of it is to be seen and the registry goes on. */
afterEach(async () => {
  await expectAlive(running);
  const tags = await owner.client.request('GET', `/v2/${repository}/tags/list`);
  expect(await tags.json()).toEqual({ name: repository, tags: ['good'] });
});

interface Row {
  readonly what: string;
  readonly manifest: () => BuiltManifest;
  readonly status?: number;
  readonly code: OciErrorCode | readonly OciErrorCode[];
}

/** The good manifest with some members changed. */
function changed(members: object): BuiltManifest {
  return manifestOf(ociManifest, { ...(JSON.parse(image.manifest.bytes.toString()) as object), ...members });
}

function text(mediaType: string, json: string): BuiltManifest {
  return { ...content(json), mediaType };
}

/** The good manifest with its text changed: JSON.stringify can't write these. */
function rewritten(change: (json: string) => string): BuiltManifest {
  return text(ociManifest, change(JSON.stringify(JSON.parse(image.manifest.bytes.toString()))));
}

/** security.md 5.3: what two readers of JSON could read in two ways, or one of them not at all. */
const JSON_ROWS: readonly Row[] = [
  ...['mediaType', 'config', 'layers', 'schemaVersion'].map((member) => ({
    what: `${member} named twice`,
    manifest: () => rewritten((json) => json.replace('{', `{"${member}":null,`)),
  })),
  {
    what: 'a member named twice, once by an escape',
    manifest: () => rewritten((json) => json.replace('{', '{"\\u006cayers":[],')),
  },
  {
    what: 'a digest named twice in a descriptor',
    manifest: () => rewritten((json) => json.replace('"digest":', '"digest":"sha256:0","digest":')),
  },
  ...['1e400', '9007199254740993', '-1', '1.5', '"5"', 'null', '[]', 'true'].map((size) => ({
    what: `the size ${size}`,
    manifest: () => rewritten((json) => json.replace(/"size":\d+/, `"size":${size}`)),
  })),
  { what: 'a byte order mark', manifest: () => rewritten((json) => `\uFEFF${json}`) },
  {
    what: 'UTF-16',
    manifest: () => ({ ...content(Buffer.from(image.manifest.bytes.toString(), 'utf16le')), mediaType: ociManifest }),
  },
  {
    what: 'half a surrogate pair',
    manifest: () => rewritten((json) => json.replace('{', '{"annotations":{"a":"\\ud800"},')),
  },
  {
    what: 'a NUL, which Postgres can not hold',
    manifest: () => rewritten((json) => json.replace('{', '{"annotations":{"a":"\\u0000"},')),
  },
  {
    what: '33 levels in a member that nobody knows',
    manifest: () => rewritten((json) => json.replace('{', `{"x":${'['.repeat(32)}${']'.repeat(32)},`)),
  },
  {
    what: 'two million levels',
    manifest: () => text(ociManifest, '['.repeat(2_000_000)),
  },
  {
    what: 'objects without end',
    manifest: () => text(ociManifest, '{"a":'.repeat(200_000)),
  },
  {
    what: 'layers in the prototype only',
    manifest: () => rewritten((json) => json.replace(/"layers":(\[.*?\])/, '"__proto__":{"layers":$1}')),
  },
  {
    what: 'more entries than an index may have (5.2)',
    manifest: () =>
      manifestOf(ociIndex, {
        schemaVersion: 2,
        mediaType: ociIndex,
        manifests: Array(10_001).fill(describeContent(image.manifest, ociManifest)),
      }),
  },
].map((row) => ({ ...row, code: 'MANIFEST_INVALID' as const }));

const ROWS: readonly Row[] = [
  {
    what: 'a layer that nobody pushed',
    manifest: () => changed({ layers: [describeContent(noise(9), 'application/vnd.oci.image.layer.v1.tar')] }),
    code: 'MANIFEST_BLOB_UNKNOWN',
  },
  {
    what: 'a config that nobody pushed',
    manifest: () => changed({ config: describeContent(noise(9), ociConfig) }),
    code: 'MANIFEST_BLOB_UNKNOWN',
  },
  {
    what: 'an index with a child that nobody pushed',
    manifest: () =>
      manifestOf(ociIndex, {
        schemaVersion: 2,
        mediaType: ociIndex,
        manifests: [describeContent(noise(9), ociManifest)],
      }),
    code: ['MANIFEST_BLOB_UNKNOWN', 'MANIFEST_UNKNOWN'],
  },
  {
    what: 'a wrong size of a layer',
    manifest: () =>
      changed({ layers: image.layers.map((layer) => ({ ...describeContent(layer, 'application/x-tar'), size: 1 })) }),
    code: ['MANIFEST_INVALID', 'SIZE_INVALID'],
  },
  {
    what: 'a negative size',
    manifest: () => changed({ config: { ...describeContent(image.config, ociConfig), size: -1 } }),
    code: 'MANIFEST_INVALID',
  },
  { what: 'broken JSON', manifest: () => text(ociManifest, '{"schemaVersion": 2,'), code: 'MANIFEST_INVALID' },
  { what: 'no bytes', manifest: () => text(ociManifest, ''), code: 'MANIFEST_INVALID' },
  { what: 'JSON that is no object', manifest: () => text(ociManifest, '[1, 2]'), code: 'MANIFEST_INVALID' },
  {
    what: 'JSON nested without end',
    manifest: () => text(ociManifest, '['.repeat(200_000)),
    code: 'MANIFEST_INVALID',
  },
  {
    what: 'a member named twice',
    manifest: () => text(ociManifest, image.manifest.bytes.toString().replace('{', '{"config": {},')),
    code: 'MANIFEST_INVALID',
  },
  {
    what: 'bytes that are not UTF-8',
    manifest: () => ({ ...content(Buffer.from([0x7b, 0xff, 0xfe, 0x7d])), mediaType: ociManifest }),
    code: 'MANIFEST_INVALID',
  },
  { what: 'schema version 1', manifest: () => changed({ schemaVersion: 1 }), code: 'MANIFEST_INVALID' },
  {
    what: 'a mediaType other than its Content-Type (CVE-2021-41190)',
    manifest: () => ({ ...image.manifest, mediaType: MEDIA_TYPES.dockerManifest }),
    code: 'MANIFEST_INVALID',
  },
  {
    what: 'an index that also has layers (CVE-2021-41190)',
    manifest: () => manifestOf(ociIndex, { schemaVersion: 2, mediaType: ociIndex, manifests: [], layers: [] }),
    code: 'MANIFEST_INVALID',
  },
  {
    what: 'a Content-Type that is no manifest',
    manifest: () => ({ ...image.manifest, mediaType: 'application/json' }),
    code: 'MANIFEST_INVALID',
  },
  {
    what: 'more than 8 MiB (P16)',
    manifest: () => changed({ annotations: { large: 'x'.repeat(MAX_MANIFEST_BYTES) } }),
    status: 413,
    code: ['MANIFEST_TOO_LARGE', 'MANIFEST_INVALID', 'SIZE_INVALID'],
  },
];

test.each([...ROWS, ...JSON_ROWS])('refuses a manifest with $what', async ({ manifest, status = 400, code }) => {
  const built = manifest();
  await expectOciError(await owner.client.putManifest(repository, 'bad', built), status, code);
  const get = await owner.client.getManifest(repository, built.digest);
  expect(get.status).toBe(built.digest === image.manifest.digest ? 200 : 404);
});

test.each(['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString'])(
  'a member called %s means nothing, and comes back as it was (5.3)',
  async (member) => {
    const annotations = `"annotations":{"${member}":"x","a":"b"}`;
    const manifest = rewritten((json) => json.replace('{', `{"${member}":{"isAdmin":true},${annotations},`));
    const { digest } = manifest;
    await insist(await owner.client.putManifest(repository, digest, manifest), 201);
    const get = await owner.client.getManifest(repository, digest);
    expect((await bytesOf(get)).equals(manifest.bytes)).toBe(true);
    await insist(await owner.client.request('DELETE', `/v2/${repository}/manifests/${digest}`), 202);
  },
);

test.each([
  { what: 'the digest of other bytes', reference: () => noise(5).digest as string },
  { what: 'a digest with too few digits', reference: () => 'sha256:abc' },
  { what: 'a digest in upper case', reference: () => image.manifest.digest.toUpperCase().replace('SHA', 'sha') },
  { what: 'an algorithm that is not registered', reference: () => `md5:${'a'.repeat(32)}` },
])('refuses a manifest pushed under $what', async ({ reference }) => {
  const response = await owner.client.putManifest(repository, reference(), image.manifest);
  await expectOciError(response, 400, 'DIGEST_INVALID');
});

test('refuses bytes that never end, without reading them all', async () => {
  const token = await owner.client.tokenFor(`repository:${repository}:pull,push`);
  const response = await owner.client.send(
    'PUT',
    `/v2/${repository}/manifests/bad`,
    { headers: { 'content-type': ociManifest }, body: Buffer.alloc(MAX_MANIFEST_BYTES + 1, ' ') },
    token,
  );
  await insist(response, 413);
});
