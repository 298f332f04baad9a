import { API_PREFIX, paths } from '@stowage/contracts';
import { beforeAll, describe, expect, test } from 'vitest';
import { anImage, type Image } from '../../support/images.js';
import { type Person, signUp } from '../../support/management-api.js';
import { clientOf, useOwner } from '../../support/use-owner.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';
import { RegistryClient } from '../../support/registry-client.js';

const running = useSharedStowage();
const owner = useOwner(running);
let image: Image;
let existing = '';
/** As long as the names that exist, so that even the lengths must agree. */
let missing: readonly string[] = [];
let stranger: Person;

beforeAll(async () => {
  existing = owner.newRepository();
  image = await anImage();
  await owner.client.pushImage(existing, 'v1', image);
  const [namespace = '', name = ''] = existing.split('/');
  missing = [`${namespace}/${reversed(name)}`, `${reversed(namespace)}/${name}`];
  stranger = await signUp(running.url, 'stranger');
});

function reversed(text: string): string {
  return text.split('').reverse().join('');
}

interface Seen {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** All that an answer tells, with the name that was asked for taken out. */
async function seen(response: Response, name: string): Promise<Seen> {
  const [namespace = '', repository = namespace] = name.split('/');
  const hide = (text: string): string =>
    text.replaceAll(UUID, '<id>').replaceAll(namespace, '<namespace>').replaceAll(repository, '<repository>');
  const kept = [...response.headers].filter(([header]) => !VARYING.has(header));
  const headers = Object.fromEntries(kept.map(([header, value]) => [header, hide(value)]));
  return { status: response.status, headers, body: hide(await response.text()) };
}

/** The clock, and the number of the request. */
const VARYING = new Set(['date', 'x-request-id', 'request-id']);
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

const REQUESTS: readonly { what: string; method: string; tail: () => string }[] = [
  { what: 'a manifest by tag', method: 'GET', tail: () => 'manifests/v1' },
  { what: 'a manifest by tag, HEAD', method: 'HEAD', tail: () => 'manifests/v1' },
  { what: 'a manifest by digest', method: 'GET', tail: () => `manifests/${image.manifest.digest}` },
  { what: 'a blob', method: 'GET', tail: () => `blobs/${image.config.digest}` },
  { what: 'a blob, HEAD', method: 'HEAD', tail: () => `blobs/${image.config.digest}` },
  { what: 'the tags', method: 'GET', tail: () => 'tags/list' },
  { what: 'an upload', method: 'POST', tail: () => 'blobs/uploads/' },
  { what: 'a deletion', method: 'DELETE', tail: () => 'manifests/v1' },
];

describe('a private repository looks like a missing one', () => {
  test.each(REQUESTS)('to somebody without a token who asks for $what', async ({ method, tail }) => {
    const ask = async (name: string) => seen(await fetch(`${running.url}/v2/${name}/${tail()}`, { method }), name);
    for (const name of missing) expect(await ask(name)).toEqual(await ask(existing));
  });

  test.each(REQUESTS)('to an anonymous client who asks for $what', async ({ method, tail }) => {
    const ask = async (name: string) =>
      seen(await new RegistryClient(running.url).request(method, `/v2/${name}/${tail()}`), name);
    for (const name of missing) expect(await ask(name)).toEqual(await ask(existing));
  });

  test.each(REQUESTS)('to a stranger who asks for $what (A25)', async ({ method, tail }) => {
    const ask = async (name: string) =>
      seen(await clientOf(running.url, stranger).request(method, `/v2/${name}/${tail()}`), name);
    const hidden = await ask(existing);
    expect([401, 403, 404]).toContain(hidden.status);
    for (const name of missing) expect(await ask(name)).toEqual(hidden);
  });
});

describe('the management API', () => {
  const PLACES: readonly { what: string; place: (namespace: string, repository: string) => string }[] = [
    { what: 'the repository', place: (namespace, repository) => paths.repository(namespace, repository) },
    { what: 'its tags', place: (namespace, repository) => paths.tags(namespace, repository) },
    { what: 'one tag', place: (namespace, repository) => paths.tag(namespace, repository, 'v1') },
    {
      what: 'the image',
      place: (namespace, repository) => paths.manifest(namespace, repository, image.manifest.digest),
    },
  ];

  test.each(PLACES)('hides $what from a stranger and from nobody in particular', async ({ place }) => {
    for (const headers of [{ cookie: stranger.cookie }, {}]) {
      const ask = async (name: string) => {
        const [namespace = '', repository = ''] = name.split('/');
        const response = await fetch(`${running.url}${API_PREFIX}${place(namespace, repository)}`, { headers });
        return seen(response, name);
      };
      const hidden = await ask(existing);
      expect([401, 404]).toContain(hidden.status);
      for (const name of missing) expect(await ask(name)).toEqual(hidden);
    }
  });

  test('hides the members and the usage of a namespace from a stranger', async () => {
    const [namespace = ''] = existing.split('/');
    for (const path of [paths.members, paths.usage]) {
      const ask = async (name: string) => {
        const response = await fetch(`${running.url}${API_PREFIX}${path(name)}`, {
          headers: { cookie: stranger.cookie },
        });
        return seen(response, name);
      };
      const hidden = await ask(namespace);
      expect([403, 404]).toContain(hidden.status);
      expect(await ask(reversed(namespace))).toEqual(hidden);
    }
  });
});
