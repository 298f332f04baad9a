import { parseTagName, referrersTag } from '@stowage/oci';
import { beforeAll, describe, expect, it } from 'vitest';
import { TagListings } from '../src/browsing/tag-listing.js';
import { RepositoryListings } from '../src/browsing/repository-listing.js';
import type { RepositoryRecord } from '../src/registry/repository-store.js';
import { TagStore } from '../src/registry/tag-store.js';
import { anImage, createRepository, createTenant, pushImageRows, pushRows, type Tenant } from '../src/testing/index.js';
import { openDatabase } from './open-database.js';

const opened = openDatabase();
/** Names that other collations mix up, and names that begin like others (distribution#4898). */
const NAMES = ['1', '1-a', '1.0', '1.0.0', '10', 'A', 'B', '_', '_x', 'a', 'a-b', 'a.b', 'aB', 'a_b', 'ab', 'b'];
let tenant: Tenant;
let repository: RepositoryRecord;

beforeAll(async () => {
  tenant = await createTenant(opened.database);
  repository = await createRepository(opened.database, `${tenant.namespace.name}/app`);
  const image = anImage();
  await pushImageRows(opened.database, repository, image);
  await pushRows(opened.database, repository, image, { tags: NAMES.toReversed() });
});

/** Walks a list by its last entry until a page is not full. */
async function walk(limit: number, page: (last: string) => Promise<string[]>): Promise<string[]> {
  const all: string[] = [];
  for (;;) {
    const names = await page(all.at(-1) ?? '');
    all.push(...names);
    if (names.length < limit) return all;
  }
}

describe('the order of names', () => {
  it("is the order of bytes, whatever the database's locale (trap 1, P23)", async () => {
    const expected = NAMES.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
    expect(await new TagStore(opened.database).list(repository.name, { last: '', limit: 1000 })).toEqual(expected);
    expect(NAMES.toSorted((one, other) => one.localeCompare(other))).not.toEqual(expected);
  });

  it.each([1, 2, 3, 16, 17])('lets pages of %i cover every tag once (distribution#4898)', async (limit) => {
    const tags = new TagStore(opened.database);
    const listings = new TagListings(opened.database);
    const all = NAMES.toSorted();
    expect(await walk(limit, (last) => tags.list(repository.name, { last, limit }))).toEqual(all);
    expect(
      await walk(limit, async (last) => (await listings.list(repository.id, { last, limit })).map(({ name }) => name)),
    ).toEqual(all);
  });

  it('goes on after a tag that is not there any more', async () => {
    const tags = new TagStore(opened.database);
    expect(await tags.list(repository.name, { last: parseTagName('1.0.00'), limit: 1 })).toEqual(['10']);
  });

  it.each([1, 2])('lets pages of %i cover every repository once', async (limit) => {
    const { namespace, owner } = await createTenant(opened.database);
    const paths = ['a', 'a-b', 'a.b', 'a/b', 'a/b/c', 'a_b', 'ab'];
    for (const path of paths) await createRepository(opened.database, `${namespace.name}/${path}`);
    const listings = new RepositoryListings(opened.database);
    const page = async (last: string) => {
      const after = last === '' ? null : { value: last, tie: last };
      return (await listings.list(owner.id, { namespace: namespace.name, after, limit })).map(({ path }) => path);
    };
    expect(await walk(limit, page)).toEqual(paths.toSorted());
  });
});

describe('tags of the referrers tag schema (P22)', () => {
  it('are no rows and no numbers of the dashboard, but there for clients and by name', async () => {
    const { namespace, owner } = await createTenant(opened.database);
    const indexed = await createRepository(opened.database, `${namespace.name}/indexed`);
    const image = anImage();
    const hidden = referrersTag(image.digest);
    await pushImageRows(opened.database, indexed, image);
    await pushRows(opened.database, indexed, image, { tags: ['a', hidden, `${hidden}.sig`, 'z'] });
    const shown = ['a', `${hidden}.sig`, 'z'];
    const listings = new TagListings(opened.database);
    const page = async (last: string) => (await listings.list(indexed.id, { last, limit: 1 })).map(({ name }) => name);
    expect(await walk(1, page)).toEqual(shown);
    expect(await listings.find(indexed.id, hidden)).toMatchObject({ name: hidden, digest: image.digest });
    const repositories = new RepositoryListings(opened.database);
    expect(await repositories.find(owner.id, indexed.name)).toMatchObject({ tagCount: shown.length });
    const tags = new TagStore(opened.database);
    expect(await tags.list(indexed.name, { last: '', limit: 10 })).toContain(hidden);
  });
});
