import { parseTagName } from '@stowage/oci';
import { describe, expect, it } from 'vitest';
import { UsageReport } from '../src/quota/usage-report.js';
import { Deletions } from '../src/trash/deletions.js';
import { UsageSamples } from '../src/quota/usage-samples.js';
import {
  aBlob,
  anImage,
  anIndex,
  chargedTo,
  createRepository,
  createTenant,
  pushImageRows,
  pushRows,
  recount,
  storeBlob,
} from '../src/testing/index.js';
import { openDatabase } from './open-database.js';

const opened = openDatabase();
const report = () => new UsageReport(opened.database);
const breakdown = (id: string) => report().breakdown(id, { largest: 10 });
const largestOf = async (id: string) => (await breakdown(id)).largest;
const FIRST = { after: null, limit: 100 };
const sizeOf = (image: { bytes: Uint8Array; blobs: readonly { size: number }[] }) =>
  image.bytes.length + image.blobs.reduce((sum, { size }) => sum + size, 0);

async function aNamespace(...paths: string[]) {
  const tenant = await createTenant(opened.database);
  const { id, name } = tenant.namespace;
  const repositories = await Promise.all(paths.map((path) => createRepository(opened.database, `${name}/${path}`)));
  return { ...tenant, id, repositories, used: async () => (await chargedTo(opened.database, id)).used };
}

describe('the usage of repositories', () => {
  it('is what each holds alone, and what others hold as well; together it is what is charged (Q1)', async () => {
    const { id, repositories, used } = await aNamespace('one', 'other', 'empty');
    const [one, other] = repositories;
    const [image, own] = [anImage({ layers: 2 }), anImage()];
    for (const repository of [one!, other!]) await pushImageRows(opened.database, repository, image);
    await pushImageRows(opened.database, other!, own);
    const rows = await report().repositories(id, FIRST);
    expect(rows).toMatchObject([
      { path: 'other', exclusiveBytes: sizeOf(own), sharedBytes: sizeOf(image), manifestCount: 2 },
      { exclusiveBytes: 0 },
      { exclusiveBytes: 0 },
    ]);
    expect(rows.find(({ path }) => path === 'one')).toMatchObject({ sharedBytes: sizeOf(image), manifestCount: 1 });
    expect(rows.find(({ path }) => path === 'empty')).toMatchObject({ sharedBytes: 0, manifestCount: 0 });
    const { separateBytes } = await breakdown(id);
    expect(separateBytes).toBe(2 * sizeOf(image) + sizeOf(own));
    expect(await used()).toBe(sizeOf(image) + sizeOf(own));
  });

  it('comes in pages that miss nothing and repeat nothing', async () => {
    const paths = ['a', 'b', 'c', 'd', 'e'];
    const { id, repositories } = await aNamespace(...paths);
    for (const repository of repositories.slice(0, 3)) await storeBlob(opened.database, repository, aBlob(10));
    const seen: string[] = [];
    for (let after: { bytes: number; id: string } | null = null; ; ) {
      const rows = await report().repositories(id, { after, limit: 2 });
      seen.push(...rows.map(({ path }) => path));
      const last = rows.at(-1);
      if (!last || rows.length < 2) break;
      const [bytes, lastId] = last.position.split('/');
      after = { bytes: Number(bytes), id: lastId ?? '' };
    }
    expect(seen.toSorted()).toEqual(paths);
    expect(new Set(seen.slice(0, 3))).toEqual(new Set(['a', 'b', 'c']));
  });
});

describe('what would free most', () => {
  it('is each image with what it alone holds, an index with its children, the largest first', async () => {
    const { id, repositories, used } = await aNamespace('app');
    const app = repositories[0]!;
    const [child, small] = [anImage({ layers: 3 }), anImage()];
    const index = anIndex([child]);
    await pushImageRows(opened.database, app, child);
    await pushRows(opened.database, app, index, { tags: ['v1', 'v2'] });
    await pushImageRows(opened.database, app, small, { tags: ['small'] });
    const [largest, second, ...more] = await largestOf(id);
    const whole = sizeOf(child) + index.bytes.length;
    expect(largest).toMatchObject({ repository: 'app', digest: index.digest, freedBytes: whole });
    expect(largest?.tags.toSorted()).toEqual(['v1', 'v2']);
    expect(second).toMatchObject({ digest: small.digest, tags: ['small'], freedBytes: sizeOf(small) });
    expect(more).toEqual([]);
    expect(whole + sizeOf(small)).toBe(await used());
  });

  it('leaves out what another image or another repository holds as well', async () => {
    const { id, repositories } = await aNamespace('one', 'other');
    const image = anImage();
    for (const repository of repositories) await pushImageRows(opened.database, repository, image, { tags: ['v1'] });
    expect(await largestOf(id)).toEqual([]);
  });

  it('knows what no image holds', async () => {
    const { id, repositories } = await aNamespace('app');
    await pushImageRows(opened.database, repositories[0]!, anImage(), { tags: ['v1'] });
    await storeBlob(opened.database, repositories[0]!, aBlob(4321));
    expect(await breakdown(id)).toMatchObject({
      unusedBytes: 4321,
      trashBytes: 0,
      trashUntil: null,
      openUploads: 0,
    });
  });
});

describe('what is in the trash', () => {
  const terms = { trashSeconds: 3600, delay: { seconds: 3600 } };

  it('is counted apart, still charged, and no repository or image any more', async () => {
    const { id, repositories, used, actor } = await aNamespace('kept', 'gone');
    const [kept, gone] = repositories;
    const [tagged, held, untagged] = [anImage({ layers: 2 }), anImage(), anImage()];
    await pushImageRows(opened.database, kept!, held, { tags: ['v1'] });
    await pushImageRows(opened.database, kept!, untagged, { tags: ['old'] });
    await pushImageRows(opened.database, gone!, tagged, { tags: ['v1'] });
    await pushImageRows(opened.database, gone!, held);
    const before = await used();
    const deletions = new Deletions(opened.database, terms);
    await deletions.tags({ repository: kept!, tags: [{ name: parseTagName('old') }], actor });
    await deletions.repository({ repository: gone!, actor });
    const parts = await breakdown(id);
    expect(parts).toMatchObject({ trashBytes: sizeOf(tagged) + sizeOf(untagged), unusedBytes: 0 });
    expect(parts.trashUntil).toBeInstanceOf(Date);
    expect(await used()).toBe(before);
    expect((await report().repositories(id, FIRST)).map(({ path }) => path)).toEqual(['kept']);
    const digests = (await largestOf(id)).map(({ digest }) => digest);
    expect(digests).not.toContain(tagged.digest);
    expect(digests).not.toContain(untagged.digest);
    expect(await recount(opened.database, id)).toMatchObject({ used: before });
  });
});

describe('samples', () => {
  it('are one a day and namespace, the last look counts, and old ones are forgotten', async () => {
    const { id, repositories, used } = await aNamespace('app');
    const samples = new UsageSamples(opened.database);
    await samples.take();
    await storeBlob(opened.database, repositories[0]!, aBlob(100));
    await samples.take();
    expect(await samples.list(id, 30)).toEqual([{ day: expect.any(String) as string, usedBytes: await used() }]);
    expect(await samples.take()).toBe(0);
    await opened.database.run(
      (db) => db.$executeRaw`UPDATE usage_sample SET day = day - 500 WHERE namespace_id = ${id}::uuid`,
    );
    expect(await samples.list(id, 30)).toEqual([]);
    expect(await samples.forget()).toBeGreaterThan(0);
  });
});
