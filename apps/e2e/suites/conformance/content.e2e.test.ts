// What the official conformance program asks of every kind of content, in its order, for both versions of the
// specification that it knows: push, list, HEAD, pull, referrers, delete. Rows P2, P3, P16, P17, P19–P28, P33, P35.
import { MEDIA_TYPES } from '@stowage/oci';
import { beforeAll, describe, expect, it } from 'vitest';
import type { DataSet } from '../../support/conformance/data-set.js';
import { DATA_SETS, TAG_PARAMETER_SETS } from '../../support/conformance/data-sets.js';
import type { BuiltManifest } from '../../support/images.js';
import { bytesOf, insist, locationOf } from '../../support/registry-client.js';
import { useOwner } from '../../support/use-owner.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

const owner = useOwner(useSharedStowage());

const SETS = [
  ...DATA_SETS.map(([name, make]) => ({ name, make, tagParameters: false })),
  ...TAG_PARAMETER_SETS.map(([name, make]) => ({ name, make, tagParameters: true })),
];

describe('a repository that nobody has pushed to', () => {
  it('has no tags, and no referrers of any subject', async () => {
    const repository = owner.newRepository();
    expect((await owner.client.request('GET', `/v2/${repository}/tags/list`)).status).toBe(404);
    const path = `/v2/${repository}/referrers/sha256:${'0'.repeat(64)}`;
    const referrers = await owner.client.request('GET', path);
    expect(referrers.status).toBe(200);
    expect(await referrers.json()).toMatchObject({ schemaVersion: 2, mediaType: MEDIA_TYPES.ociIndex, manifests: [] });
  });
});

describe.each(SETS)('$name', ({ make, tagParameters }) => {
  let set: DataSet;
  let repository: string;
  const request = async (method: string, path: string) => owner.client.request(method, `/v2/${repository}${path}`);
  const put = async (manifest: BuiltManifest, reference: string) =>
    owner.client.putManifest(repository, reference, manifest);

  async function expectPushed(response: Response, manifest: BuiltManifest): Promise<void> {
    await insist(response, 201);
    expect(response.headers.get('docker-content-digest')).toBe(manifest.digest);
    const subject = (JSON.parse(manifest.bytes.toString()) as { subject?: { digest: string } }).subject?.digest;
    expect(response.headers.get('oci-subject')).toBe(subject ?? null);
    const pulled = await owner.client.request('GET', locationOf(response));
    expect(await bytesOf(pulled)).toEqual(manifest.bytes);
  }

  beforeAll(() => {
    set = make();
    repository = owner.newRepository();
  });

  it('is pushed', async () => {
    for (const blob of set.blobs) await owner.client.pushBlob(repository, blob);
    for (const manifest of set.manifests) {
      const tags = tagParameters ? set.tagsOf(manifest) : [];
      const query = new URLSearchParams(tags.map((tag) => ['tag', tag])).toString();
      const response = await put(manifest, query ? `${manifest.digest}?${query}` : manifest.digest);
      await expectPushed(response, manifest);
      const answered = (response.headers.get('oci-tag') ?? '').split(',').flatMap((tag) => tag.trim() || []);
      expect(answered.toSorted()).toEqual(tags.toSorted());
    }
    if (tagParameters) return;
    for (const [tag, manifest] of set.tags) await expectPushed(await put(manifest, tag), manifest);
  });

  it('is listed by its tags, after each of them', async () => {
    const tags = [...set.tags.keys()].toSorted();
    for (const [at, last] of ['', ...tags].entries()) {
      const response = await request('GET', `/tags/list${last && `?last=${last}`}`);
      expect(await response.json()).toEqual({ name: repository, tags: tags.slice(at) });
    }
  });

  it('answers HEAD as GET, with every byte as it was pushed', async () => {
    const paths: (readonly [string, Buffer, string | undefined])[] = [
      ...[...set.tags].map(([tag, { bytes, mediaType }]) => [`/manifests/${tag}`, bytes, mediaType] as const),
      ...set.manifests.map(({ digest, bytes, mediaType }) => [`/manifests/${digest}`, bytes, mediaType] as const),
      ...set.blobs.map(({ digest, bytes }) => [`/blobs/${digest}`, bytes, undefined] as const),
    ];
    for (const [path, bytes, mediaType] of paths) {
      const [head, get] = [await request('HEAD', path), await request('GET', path)];
      expect([head.status, get.status], path).toEqual([200, 200]);
      expect((await bytesOf(head)).length).toBe(0);
      expect((await bytesOf(get)).equals(bytes), path).toBe(true);
      for (const name of ['content-length', 'content-type', 'docker-content-digest', 'etag']) {
        expect(head.headers.get(name), `${name} of ${path}`).toBe(get.headers.get(name));
      }
      expect(get.headers.get('content-length')).toBe(String(bytes.length));
      if (mediaType !== undefined) expect(get.headers.get('content-type')).toBe(mediaType);
      if (!path.includes('/manifests/') || path.includes(':')) {
        expect(path.endsWith(get.headers.get('docker-content-digest') ?? '-')).toBe(true);
      }
    }
  });

  it('is found by what it refers to, all and by artifact type', async () => {
    for (const [subject, expected] of set.referrers) {
      const types = [...new Set(expected.map(({ artifactType }) => artifactType))];
      for (const type of [undefined, ...types]) {
        const query = type === undefined ? '' : `?artifactType=${encodeURIComponent(type)}`;
        const response = await request('GET', `/referrers/${subject}${query}`);
        expect(response.headers.get('content-type')).toBe(MEDIA_TYPES.ociIndex);
        expect(response.headers.get('oci-filters-applied')).toBe(type === undefined ? null : 'artifactType');
        const { manifests } = (await response.json()) as { manifests: unknown[] };
        const wanted = expected.filter(({ artifactType }) => type === undefined || artifactType === type);
        expect(manifests).toHaveLength(wanted.length);
        expect(manifests).toEqual(expect.arrayContaining(wanted));
      }
    }
  });

  it('is gone at once when it is deleted', async () => {
    const paths = [
      ...[...set.tags.keys()].map((tag) => `/manifests/${tag}`),
      ...set.manifests.toReversed().map(({ digest }) => `/manifests/${digest}`),
      ...set.blobs.map(({ digest }) => `/blobs/${digest}`),
    ];
    for (const path of paths) {
      await insist(await request('DELETE', path), 202);
      expect((await request('HEAD', path)).status, path).toBe(404);
    }
    for (const subject of set.referrers.keys()) {
      const response = await request('GET', `/referrers/${subject}`);
      expect(await response.json()).toMatchObject({ manifests: [] });
    }
  });
});
