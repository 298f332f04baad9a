import { createHash } from 'node:crypto';
import { AccessTokenStore } from '@stowage/metadata';
import { aBlob, anImage, anIndex, createRepository, createUser } from '@stowage/metadata/testing';
import { MEDIA_TYPES } from '@stowage/oci';
import { describe, expect, it } from 'vitest';
import { anAcme, openApp, pushBlob, pushImage } from './open-app.js';

const opened = openApp();

interface Page {
  readonly repositories?: string[];
  readonly manifests?: { digest: string; artifactType?: string; annotations?: object }[];
}

async function get(line: string, token: string) {
  const { status, headers, body, code } = await opened.request(`GET ${line}`, { token });
  const next = /^<(.+)>; rel="next"$/.exec(String(headers['link'] ?? ''))?.[1];
  return { status, code, headers, next, page: JSON.parse(body.toString()) as Page };
}

describe('the catalog', () => {
  it('lists what the caller may pull and nothing else, in byte order, by pages of any size (P24, CVE-2020-29662)', async () => {
    const [own, open, hidden] = [
      await anAcme(opened),
      await anAcme(opened, { visibility: 'public' }),
      await anAcme(opened),
    ];
    const { namespace, owner } = own.tenant;
    for (const path of ['a', 'a-b', 'a/b', 'ab']) await createRepository(opened.database, `${namespace.name}/${path}`);
    const token = await opened.token({ user: owner, catalog: true });
    const mine = ['a', 'a-b', 'a/b', 'ab', 'app'].map((path) => `${namespace.name}/${path}`);
    const all = (await get('/v2/_catalog', token)).page.repositories!;
    expect(all).toEqual([...mine, open.name].toSorted());
    expect(all).not.toContain(hidden.name);
    for (const n of [1, 2]) {
      const seen: string[] = [];
      let next: string | undefined = `/v2/_catalog?n=${n}`;
      while (next !== undefined) {
        const { page, next: link }: Awaited<ReturnType<typeof get>> = await get(next, token);
        seen.push(...(page.repositories ?? []));
        next = link;
      }
      expect(seen).toEqual(all);
    }
  });

  it('lists no more than an access token is for (CVE-2026-56443)', async () => {
    const { tenant, name } = await anAcme(opened);
    const { owner, actor, namespace } = tenant;
    await createRepository(opened.database, `${namespace.name}/secret`);
    const grants = [{ repository: name, actions: ['pull' as const] }];
    const record = await new AccessTokenStore(opened.database).create({
      userId: owner.id,
      name: 'ci',
      hash: Buffer.from(name),
      hint: 'h',
      grants,
      expiresInDays: 1,
      actor,
    });
    const { page } = await get(
      '/v2/_catalog',
      await opened.token({ user: owner, credentialId: record.id, catalog: true }),
    );
    expect(page.repositories).toContain(name);
    expect(page.repositories).not.toContain(`${namespace.name}/secret`);
  });

  it('is closed to a token that is not for it', async () => {
    expect(
      (
        await opened.request('GET /v2/_catalog', {
          token: await opened.token({ user: await createUser(opened.database) }),
        })
      ).status,
    ).toBe(401);
  });

  it.each([
    ['n=2147483647', 200],
    ['n=0', 200],
    ['n=-1', 400],
    ['n=9e18', 400],
    ['n=abc', 400],
    ['last=%00', 400],
  ])('?%s is %i (CVE-2023-2253)', async (query, status) => {
    const token = await opened.token({ user: await createUser(opened.database), catalog: true });
    expect((await opened.request(`GET /v2/_catalog?${query}`, { token })).status).toBe(status);
  });
});

describe('referrers', () => {
  const refer = (subject: { digest: string; mediaType: string; bytes: Buffer }, artifactType: string) =>
    anImage({
      extra: {
        subject: { digest: subject.digest, mediaType: subject.mediaType, size: subject.bytes.length },
        artifactType,
        annotations: { by: artifactType },
      },
    });

  it('are an index of what refers to it, filtered and paged, also before the subject is there (P18 to P21)', async () => {
    const acme = await anAcme(opened);
    const subject = anImage();
    const [one, other] = [refer(subject, 'a/sbom'), refer(subject, 'a/sig')];
    const path = `/v2/${acme.name}/referrers/${subject.digest}`;
    expect((await get(path, acme.token)).page.manifests).toEqual([]);
    for (const image of [one, other]) await pushImage(opened, acme, image);
    const { page, headers } = await get(path, acme.token);
    expect(headers['content-type']).toMatch(/^application\/vnd\.oci\.image\.index\.v1\+json/);
    expect(page.manifests?.map(({ digest }) => digest)).toEqual([one.digest, other.digest].toSorted());
    expect(page.manifests).toContainEqual(
      expect.objectContaining({ digest: one.digest, artifactType: 'a/sbom', annotations: { by: 'a/sbom' } }),
    );
    const filtered = await get(`${path}?artifactType=a/sig`, acme.token);
    expect([filtered.headers['oci-filters-applied'], filtered.page.manifests?.length]).toEqual(['artifactType', 1]);
    const first = await get(`${path}?n=1`, acme.token);
    const second = await get(first.next!, acme.token);
    expect([...first.page.manifests!, ...second.page.manifests!].map(({ digest }) => digest)).toEqual(
      [one.digest, other.digest].toSorted(),
    );
    expect(second.next).toBeUndefined();
  });

  it('are gone with what referred (R12), and stay within their repository', async () => {
    const [acme, other] = [await anAcme(opened), await anAcme(opened)];
    const subject = anImage();
    const referrer = refer(subject, 'a/sig');
    await pushImage(opened, acme, referrer);
    expect((await get(`/v2/${other.name}/referrers/${subject.digest}`, other.token)).page.manifests).toEqual([]);
    await opened.request(`DELETE /v2/${acme.name}/manifests/${referrer.digest}`, { token: acme.token });
    expect((await get(`/v2/${acme.name}/referrers/${subject.digest}`, acme.token)).page.manifests).toEqual([]);
    expect((await get(`/v2/${acme.name}/referrers/sha256:bad`, acme.token)).code).toBe('DIGEST_INVALID');
  });
});

describe('referrers that a client keeps under a tag (P22)', () => {
  const schemaTag = (digest: string) => digest.replace(':', '-').slice(0, digest.indexOf(':') + 65);

  it.each(['sha256', 'sha512'] as const)('are listed with the others, once, under %s', async (algorithm) => {
    const acme = await anAcme(opened);
    const bytes = anImage().bytes;
    const subject = { digest: `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`, size: bytes.length };
    const mediaType = MEDIA_TYPES.ociManifest;
    const known = anImage({ extra: { subject: { ...subject, mediaType }, artifactType: 'a/sbom' } });
    const old = anImage({ extra: { artifactType: 'a/sig', annotations: { by: 'an old client' } } });
    const elsewhere = anImage({ extra: { subject: { digest: aBlob().digest, size: 1, mediaType } } });
    for (const image of [known, old, elsewhere]) await pushImage(opened, acme, image);
    const index = anIndex([known, old, elsewhere]);
    await opened.request(`PUT /v2/${acme.name}/manifests/${schemaTag(subject.digest)}`, {
      token: acme.token,
      body: index.bytes,
      headers: { 'content-type': index.mediaType },
    });
    const path = `/v2/${acme.name}/referrers/${subject.digest}`;
    const expected = [known.digest, old.digest].toSorted();
    const digestsOf = ({ manifests }: Page) => manifests?.map(({ digest }) => digest);
    expect(digestsOf((await get(path, acme.token)).page)).toEqual(expected);
    const first = await get(`${path}?n=1`, acme.token);
    const second = await get(first.next!, acme.token);
    expect([...digestsOf(first.page)!, ...digestsOf(second.page)!]).toEqual(expected);
    expect(second.next).toBeUndefined();
    const { page } = await get(`${path}?artifactType=a/sig`, acme.token);
    expect(page.manifests).toEqual([
      expect.objectContaining({ digest: old.digest, artifactType: 'a/sig', annotations: { by: 'an old client' } }),
    ]);
  });

  it('end with the tag, and say nothing of another repository', async () => {
    const [acme, other] = [await anAcme(opened), await anAcme(opened)];
    const [subject, old] = [anImage(), anImage()];
    await pushImage(opened, acme, old);
    const index = anIndex([old]);
    const tagged = `/v2/${acme.name}/manifests/${schemaTag(subject.digest)}`;
    const headers = { 'content-type': index.mediaType };
    await opened.request(`PUT ${tagged}`, { token: acme.token, body: index.bytes, headers });
    const referrers = async ({ name, token }: typeof acme) =>
      (await get(`/v2/${name}/referrers/${subject.digest}`, token)).page.manifests;
    expect([await referrers(acme), await referrers(other)]).toEqual([[expect.objectContaining({})], []]);
    await opened.request(`DELETE ${tagged}`, { token: acme.token });
    expect(await referrers(acme)).toEqual([]);
  });
});

describe('extensions', () => {
  it('are discovered for the registry and for a repository (P32)', async () => {
    const acme = await anAcme(opened);
    for (const path of ['/v2/_oci/ext/discover', `/v2/${acme.name}/_oci/ext/discover`]) {
      const { status, body, headers } = await opened.request(`GET ${path}`, { token: acme.token });
      expect([status, headers['content-type']]).toEqual([200, expect.stringMatching(/^application\/json\b/)]);
      expect(JSON.parse(body.toString())).toEqual({
        extensions: [expect.objectContaining({ name: '_oci', endpoints: ['_oci/ext/discover'] })],
      });
    }
    const missing = `${acme.tenant.namespace.name}/missing`;
    const token = await opened.token({ user: acme.tenant.owner, access: { [missing]: ['pull'] } });
    expect((await opened.request(`GET /v2/${missing}/_oci/ext/discover`, { token })).code).toBe('NAME_UNKNOWN');
  });
});

describe('a push', () => {
  it('of several tags sets all of them or none (P17)', async () => {
    const acme = await anAcme(opened);
    const [image, second] = [anImage(), anImage()];
    const put = (pushed: typeof image, query: string, headers = {}) =>
      opened.request(`PUT /v2/${acme.name}/manifests/${pushed.digest}?${query}`, {
        token: acme.token,
        body: pushed.bytes,
        headers: { 'content-type': pushed.mediaType, ...headers },
      });
    for (const blob of [...image.blobs, ...second.blobs]) await pushBlob(opened, acme, blob);
    const answer = await put(image, 'tag=a&tag=b&tag=a');
    expect([answer.status, answer.headers['oci-tag']]).toEqual([201, 'a, b']);
    expect((await put(second, 'tag=a&tag=b')).status).toBe(201);
    expect((await put(image, 'tag=c&tag=-bad')).code).toBe('TAG_INVALID');
    expect((await put(image, Array.from({ length: 41 }, (_, at) => `tag=t${at}`).join('&'))).status).toBe(414);
    expect((await put(image, 'tag=c&tag=a', { 'if-none-match': '*' })).status).toBe(412);
    const { body } = await opened.request(`GET /v2/${acme.name}/tags/list`, { token: acme.token });
    expect(JSON.parse(body.toString())).toMatchObject({ tags: ['a', 'b'] });
  });

  it('on a condition: of many that expect the same, one wins (P33, I5)', async () => {
    const acme = await anAcme(opened);
    const [base, ...images] = [anImage(), anImage(), anImage(), anImage(), anImage()];
    await pushImage(opened, acme, base!, 'v1');
    for (const image of images) await pushImage(opened, acme, image);
    const push = (headers: object) =>
      Promise.all(
        images.map((image, at) =>
          opened.request(`PUT /v2/${acme.name}/manifests/${'if-match' in headers ? 'v1' : 'new'}`, {
            token: acme.token,
            body: images[at]!.bytes,
            headers: { 'content-type': image.mediaType, ...headers },
          }),
        ),
      );
    for (const headers of [{ 'if-match': `"${base!.digest}"` }, { 'if-none-match': '*' }]) {
      const statuses = (await push(headers)).map(({ status }) => status);
      expect(statuses.toSorted((one, other) => one - other)).toEqual([201, 412, 412, 412]);
    }
    expect(
      (
        await opened.request(`PUT /v2/${acme.name}/manifests/v1`, {
          token: acme.token,
          body: base!.bytes,
          headers: { 'content-type': base!.mediaType, 'if-match': `"${aBlob().digest}"` },
        })
      ).status,
    ).toBe(412);
  });
});
