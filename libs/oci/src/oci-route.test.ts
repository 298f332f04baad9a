import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SHA256 } from '../test/manifest-samples.js';
import { encodeRepositoryInUrl } from './oci-route.js';

describe('encodeRepositoryInUrl', () => {
  it.each([
    ['/v2/', '/v2'],
    ['/v2/?x=1', '/v2?x=1'],
    ['/v2/acme/app/manifests/latest', '/v2/acme%2Fapp/manifests/latest'],
    ['/v2/a/b/c/d/manifests/latest', '/v2/a%2Fb%2Fc%2Fd/manifests/latest'],
    [`/v2/a/b/blobs/${SHA256}`, `/v2/a%2Fb/blobs/${SHA256}`],
    ['/v2/a/b/blobs/uploads/', '/v2/a%2Fb/blobs/uploads'],
    ['/v2/a/b/blobs/uploads', '/v2/a%2Fb/blobs/uploads'],
    ['/v2/a/b/blobs/uploads/?mount=x&from=c/d', '/v2/a%2Fb/blobs/uploads?mount=x&from=c/d'],
    ['/v2/a/b/blobs/uploads/id?digest=x', '/v2/a%2Fb/blobs/uploads/id?digest=x'],
    ['/v2/a/b/tags/list?n=1&last=x/y', '/v2/a%2Fb/tags/list?n=1&last=x/y'],
    ['/v2/a/b/referrers/x', '/v2/a%2Fb/referrers/x'],
    ['/v2/a/b/_oci/ext/discover', '/v2/a%2Fb/_oci/ext/discover'],
    // The last keyword decides: names may hold every keyword themselves.
    ['/v2/org/tags/tags/list', '/v2/org%2Ftags/tags/list'],
    ['/v2/org/tags/list/tags/list', '/v2/org%2Ftags%2Flist/tags/list'],
    ['/v2/a/manifests/manifests/x', '/v2/a%2Fmanifests/manifests/x'],
    ['/v2/a/blobs/uploads/blobs/uploads/', '/v2/a%2Fblobs%2Fuploads/blobs/uploads'],
    ['/v2/a/blobs/uploads/manifests/x', '/v2/a%2Fblobs%2Fuploads/manifests/x'],
    ['/v2/a/manifests/x/tags/list', '/v2/a%2Fmanifests%2Fx/tags/list'],
  ])('leads %s to %s', (url, expected) => {
    expect(encodeRepositoryInUrl(url)).toBe(expected);
  });

  it.each([
    ['an encoded slash stays wrong', '/v2/a%2Fb/manifests/x', '/v2/a%252Fb/manifests/x'],
    ['and so do encoded dots', '/v2/a/%2e%2e/manifests/x', '/v2/a%2F%252e%252e/manifests/x'],
    ['and a malformed escape', '/v2/%E0%A4%A/a/tags/list', '/v2/%25E0%25A4%25A%2Fa/tags/list'],
  ])('does not decode the name: %s (5.9)', (_, url, expected) => {
    expect(encodeRepositoryInUrl(url)).toBe(expected);
  });

  // 1.3 CVE-2020-29662, 1.5 CVE-2026-42018: another spelling is another path, which no route answers.
  it.each([
    '/',
    '/v2',
    '/v20/a/b/tags/list',
    '/V2/a/b/tags/list',
    '//v2/a/b/tags/list',
    '/v2/a/b/manifests/x/',
    '/v2/a/b/manifests/',
    '/v2/a/b/tags/list/',
    '/v2/a/b/tags/LIST',
    '/v2/manifests/x',
    '/v2/_catalog',
    '/v2/_oci/ext/discover',
    '/token?scope=/v2/a/b/tags/list',
    '',
  ])('leaves %j alone', (url) => {
    expect(encodeRepositoryInUrl(url)).toBe(url);
  });

  it('keeps name, reference and query apart for any of them', () => {
    const segment = fc.stringMatching(/^[a-z0-9%._-]{1,8}$/);
    fc.assert(
      fc.property(
        fc.array(segment, { minLength: 1, maxLength: 6 }),
        segment,
        fc.stringMatching(/^[a-z/=&]{0,8}$/),
        (parts, tag, query) => {
          const url = encodeRepositoryInUrl(`/v2/${parts.join('/')}/manifests/${tag}?${query}`);
          const [, name, reference, rest] = /^\/v2\/([^/]+)\/manifests\/([^/?]+)\?(.*)$/.exec(url) ?? [];
          expect([decodeURIComponent(name ?? ''), reference, rest]).toEqual([parts.join('/'), tag, query]);
        },
      ),
    );
  });
});
