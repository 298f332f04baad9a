import { anImage } from '@stowage/metadata/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Acme, anAcme, openApp, pushImage } from './open-app.js';

const opened = openApp();

describe('listing tags', () => {
  const TAGS = ['1', '1-a', '1.0', '1.0.0', '10', 'A', '_', 'a'];
  let listed: Acme;
  const list = async (query = '') => {
    const { status, headers, body, code } = await opened.request(`GET /v2/${listed.name}/tags/list${query}`, {
      token: listed.token,
    });
    const { tags } = JSON.parse(body.toString()) as { tags?: string[] };
    return { status, code, tags, next: /^<(.+)>; rel="next"$/.exec(String(headers['link'] ?? ''))?.[1] };
  };

  beforeAll(async () => {
    listed = await anAcme(opened);
    const image = anImage();
    for (const tag of TAGS.toReversed()) await pushImage(opened, listed, image, tag);
  });

  it('is in byte order, and whole (trap 1, P23)', async () => {
    expect(await list()).toMatchObject({ status: 200, tags: TAGS, next: undefined });
  });

  it.each([1, 2, 3, 8])('by Link in pages of %i covers every tag once (distribution#4898)', async (n) => {
    const seen: string[] = [];
    let next: string | undefined = `?n=${n}`;
    while (next !== undefined) {
      const page: Awaited<ReturnType<typeof list>> = await list(next.slice(next.indexOf('?')));
      seen.push(...(page.tags ?? []));
      next = page.next;
    }
    expect(seen).toEqual(TAGS);
  });

  it('with n=0 is empty and without Link; after the last tag it is empty, never null (#4931)', async () => {
    expect(await list('?n=0')).toMatchObject({ status: 200, tags: [], next: undefined });
    expect(await list('?last=zzz')).toMatchObject({ status: 200, tags: [] });
    expect(await list('?last=1.0&n=1')).toMatchObject({ tags: ['1.0.0'] });
  });

  it.each(['2147483647', '1001', '9000000000000000000'])('n=%s is clamped (CVE-2023-2253)', async (n) => {
    expect(await list(`?n=${n}`)).toMatchObject({ status: 200, tags: TAGS });
  });

  it.each(['-1', 'abc', '1e3', '', '1.5', '0x10', '99999999999999999999', '1&n=2', '%00'])(
    'n=%s is refused (CVE-2023-2253)',
    async (n) => {
      expect((await list(`?n=${n}`)).status).toBe(400);
    },
  );
});
