import { paths } from '@stowage/contracts';
import { MEDIA_TYPES, referrersTag } from '@stowage/oci';
import { beforeAll, expect, test } from 'vitest';
import { anArtifact } from '../../support/artifacts.js';
import { expectOciError } from '../../support/expect-oci.js';
import { anImage, type BuiltManifest, describe, digestOf, type Image, manifestOf } from '../../support/images.js';
import { expectStatus } from '../../support/management-api.js';
import { pagesOf } from '../../support/pages.js';
import { insist } from '../../support/registry-client.js';
import { useOwner } from '../../support/use-owner.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

interface ReferrersIndex {
  readonly manifests: readonly {
    readonly digest: string;
    readonly artifactType?: string;
    readonly annotations?: object;
  }[];
}

const running = useSharedStowage();
const owner = useOwner(running);
const [SBOM, SIGNATURE] = ['application/vnd.example.sbom', 'application/vnd.example.signature'];
let repository = '';
let subject: Image;
/** Five, of which two are signatures. */
let referrers: readonly Image[] = [];

beforeAll(async () => {
  repository = owner.newRepository();
  subject = await anImage();
  const about = { subject: subject.manifest };
  referrers = [
    ...[1, 2, 3].map((part) => anArtifact({ ...about, artifactType: SBOM, annotations: { part: String(part) } })),
    ...[1, 2].map(() => anArtifact({ ...about, artifactType: SIGNATURE })),
  ];
  for (const each of referrers) await owner.client.pushImage(repository, each.manifest.digest, each);
});

function listOf(digest: string, query = ''): Promise<Response> {
  return owner.client.request('GET', `/v2/${repository}/referrers/${digest}${query}`);
}

async function digestsAt(path: string): Promise<string[]> {
  const pages = await pagesOf<ReferrersIndex>(owner.client, path);
  return pages.flatMap(({ page }) => page.manifests.map(({ digest }) => digest));
}

const sorted = (images: readonly Image[]): string[] => images.map(({ manifest }) => manifest.digest as string).sort();

test('lists what refers to a manifest that is not there yet, and the same once it is (P19)', async () => {
  const before = await listOf(subject.manifest.digest);
  expect(before.headers.get('content-type')).toBe(MEDIA_TYPES.ociIndex);
  expect(before.headers.get('oci-filters-applied')).toBeNull();
  const index = (await before.json()) as ReferrersIndex;
  expect(index).toMatchObject({ schemaVersion: 2, mediaType: MEDIA_TYPES.ociIndex });
  expect(index.manifests.map(({ digest }) => digest)).toEqual(sorted(referrers));
  await owner.client.pushImage(repository, 'subject', subject);
  expect(await (await listOf(subject.manifest.digest)).json()).toEqual(index);
});

test('describes each with type, size, artifact type and annotations (P19)', async () => {
  const { manifests } = (await (await listOf(subject.manifest.digest)).json()) as ReferrersIndex;
  const [{ manifest }] = referrers as readonly [Image];
  const { annotations } = JSON.parse(manifest.bytes.toString()) as { annotations: object };
  expect(manifests).toContainEqual({ ...describe(manifest, manifest.mediaType), artifactType: SBOM, annotations });
});

test('takes the media type of the config for the artifact type where none is given (P19)', async () => {
  const image = await anImage();
  const json = JSON.parse(image.manifest.bytes.toString()) as object;
  const described = describe(subject.manifest, subject.manifest.mediaType);
  const manifest = manifestOf(MEDIA_TYPES.ociManifest, { ...json, subject: described });
  const target = owner.newRepository();
  await owner.client.pushImage(target, 'plain', { ...image, manifest });
  const response = await owner.client.request('GET', `/v2/${target}/referrers/${subject.manifest.digest}`);
  expect(await response.json()).toMatchObject({
    manifests: [{ digest: manifest.digest, artifactType: MEDIA_TYPES.ociConfig }],
  });
});

test.each([
  { type: SIGNATURE, expected: () => sorted(referrers.slice(3)) },
  { type: SBOM, expected: () => sorted(referrers.slice(0, 3)) },
  { type: 'application/vnd.example.nothing', expected: () => [] },
])('filters by artifactType $type and says so (P20)', async ({ type, expected }) => {
  const response = await listOf(subject.manifest.digest, `?artifactType=${encodeURIComponent(type)}`);
  expect(response.headers.get('oci-filters-applied')).toBe('artifactType');
  const { manifests } = (await response.json()) as ReferrersIndex;
  expect(manifests.map(({ digest }) => digest)).toEqual(expected());
});

test.each([1, 2, 4, 5])('pages of %i lead by Link through all of them, each once (P21)', async (n) => {
  const path = `/v2/${repository}/referrers/${subject.manifest.digest}`;
  expect(await digestsAt(`${path}?n=${n}`)).toEqual(sorted(referrers));
  const filtered = await pagesOf<ReferrersIndex>(
    owner.client,
    `${path}?n=${n}&artifactType=${encodeURIComponent(SBOM)}`,
  );
  for (const { headers } of filtered) expect(headers.get('oci-filters-applied')).toBe('artifactType');
  const digests = filtered.flatMap(({ page }) => page.manifests.map(({ digest }) => digest));
  expect(digests).toEqual(sorted(referrers.slice(0, 3)));
});

test.each(['sha256', 'sha512'] as const)('of a %s digest that nobody has pushed are none (P19)', async (algorithm) => {
  const response = await listOf(digestOf(Buffer.from(repository), algorithm));
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ manifests: [] });
});

test.each(['sha256:abc', 'latest', `md5:${'a'.repeat(32)}`])('of %s is DIGEST_INVALID (P19)', async (digest) => {
  await expectOciError(await listOf(digest), 400, 'DIGEST_INVALID');
});

test('a push says which subject it has, and one without a subject says nothing (P18)', async () => {
  const artifact = anArtifact({ subject: subject.manifest });
  const put = await owner.client.putManifest(repository, artifact.manifest.digest, artifact.manifest);
  await insist(put, 201);
  expect(put.headers.get('oci-subject')).toBe(subject.manifest.digest);
  await insist(await owner.client.request('DELETE', `/v2/${repository}/manifests/${artifact.manifest.digest}`), 202);
  const plain = anArtifact();
  const second = await owner.client.putManifest(repository, plain.manifest.digest, plain.manifest);
  expect(second.headers.get('oci-subject')).toBeNull();
});

test('a referrer that is deleted is listed no more, and its subject stays (P18)', async () => {
  const [target, image] = [owner.newRepository(), await anImage()];
  await owner.client.pushImage(target, 'v1', image);
  const artifact = anArtifact({ subject: image.manifest });
  await owner.client.pushImage(target, artifact.manifest.digest, artifact);
  const path = `/v2/${target}/referrers/${image.manifest.digest}`;
  expect(await digestsAt(path)).toEqual([artifact.manifest.digest]);
  await insist(await owner.client.request('DELETE', `/v2/${target}/manifests/${artifact.manifest.digest}`), 202);
  expect(await digestsAt(path)).toEqual([]);
  expect((await owner.client.getManifest(target, 'v1')).status).toBe(200);
});

test('a referrer outlives its subject, which is listed for whoever pushes it again', async () => {
  const [target, image] = [owner.newRepository(), await anImage()];
  await owner.client.pushImage(target, 'v1', image);
  const artifact = anArtifact({ subject: image.manifest });
  await owner.client.pushImage(target, artifact.manifest.digest, artifact);
  await insist(await owner.client.request('DELETE', `/v2/${target}/manifests/${image.manifest.digest}`), 202);
  expect(await digestsAt(`/v2/${target}/referrers/${image.manifest.digest}`)).toEqual([artifact.manifest.digest]);
});

test('what a client without the API lists under a tag belongs to it, and is no version in the dashboard (P22)', async () => {
  const [target, image] = [owner.newRepository(), await anImage()];
  const old = anArtifact({ artifactType: SIGNATURE });
  const known = anArtifact({ artifactType: SBOM, subject: image.manifest });
  await owner.client.pushImage(target, 'v1', image);
  for (const each of [old, known]) await owner.client.pushImage(target, each.manifest.digest, each);
  const tag = referrersTag(image.manifest.digest);
  await insist(await owner.client.putManifest(target, tag, indexOf([old.manifest, known.manifest])), 201);
  expect(await digestsAt(`/v2/${target}/referrers/${image.manifest.digest}`)).toEqual(sorted([old, known]));

  const [namespace = '', name = ''] = target.split('/');
  const shown = await expectStatus(200, owner.person.call(paths.tags(namespace, name)));
  expect((shown as { items: { name: string }[] }).items.map((item) => item.name)).toEqual(['v1']);
  const repositoryNow = await expectStatus(200, owner.person.call(paths.repository(namespace, name)));
  expect(repositoryNow).toMatchObject({ tagCount: 1 });
  // A client that knows nothing of the API finds its tag where it left it.
  const tags = await owner.client.request('GET', `/v2/${target}/tags/list`);
  expect(await tags.json()).toEqual({ name: target, tags: [tag, 'v1'] });
  expect((await owner.client.getManifest(target, tag)).status).toBe(200);
});

function indexOf(manifests: readonly BuiltManifest[]): BuiltManifest {
  return manifestOf(MEDIA_TYPES.ociIndex, {
    schemaVersion: 2,
    mediaType: MEDIA_TYPES.ociIndex,
    manifests: manifests.map((manifest) => describe(manifest, manifest.mediaType)),
  });
}
