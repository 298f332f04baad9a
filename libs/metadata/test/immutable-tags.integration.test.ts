import { parseReference, parseTagName } from '@stowage/oci';
import { beforeEach, describe, expect, it } from 'vitest';
import { deleteManifest } from '../src/registry/manifest-deletion.js';
import { ManifestStore } from '../src/registry/manifest-store.js';
import type { RepositoryRecord } from '../src/registry/repository-store.js';
import { moveTag } from '../src/registry/tag-store.js';
import { deleteTags } from '../src/trash/tag-deletion.js';
import { ImmutabilityStore } from '../src/tag-rules/immutability-store.js';
import {
  anImage,
  createRepository,
  createTenant,
  pushImageRows,
  pushRows,
  NO_TRASH,
  type Tenant,
  type TestImage,
} from '../src/testing/index.js';
import { openDatabase } from './open-database.js';

const opened = openDatabase();
let tenant: Tenant;
let repository: RepositoryRecord;
let images: TestImage[];
const ROUNDS = Array.from({ length: 100 }, (_, round) => round);
const ALL = { repositories: ['**'], tags: ['*'], except: ['latest'] };

const store = () => new ImmutabilityStore(opened.database);
const setRules = (rules: object[] = [ALL]) =>
  store().setOfNamespace(tenant.namespace, rules as (typeof ALL)[], tenant.actor);
const push = (image: TestImage, ...tags: string[]) => pushRows(opened.database, repository, image, { tags });
const nameOf = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (error: Error) => error.name,
  );
const digestOf = async (tag: string) =>
  (await new ManifestStore(opened.database).find(repository.name, parseReference(tag)))?.digest;
const deleteTag = (tag: string) =>
  deleteTags(opened.database, { repository, tags: [{ name: parseTagName(tag) }], actor: tenant.actor }, NO_TRASH);
const remove = ({ digest }: TestImage) =>
  deleteManifest(opened.database, { repository, digest, actor: tenant.actor }, NO_TRASH);

beforeEach(async () => {
  tenant = await createTenant(opened.database);
  repository = await createRepository(opened.database, `${tenant.namespace.name}/team/app`);
  images = [anImage(), anImage()];
  for (const image of images) await pushImageRows(opened.database, repository, image);
});

describe('a tag that a rule holds', () => {
  it('may be pushed once, and again with the same digest', async () => {
    await setRules();
    expect(await nameOf(push(images[0]!, 'v1'))).toBe('ok');
    expect(await nameOf(push(images[0]!, 'v1'))).toBe('ok');
    await expect(push(images[1]!, 'v1')).rejects.toMatchObject({
      name: 'ImmutableTagError',
      held: { tag: 'v1', digest: images[0]!.digest },
      repository: repository.name,
      rule: { words: '* except latest', of: 'namespace' },
    });
    expect(await digestOf('v1')).toBe(images[0]!.digest);
  });

  it('keeps the other tags of a push from moving: all or none', async () => {
    await setRules();
    await push(images[0]!, 'v1', 'latest');
    expect(await nameOf(push(images[1]!, 'latest', 'v1', 'v2'))).toBe('ImmutableTagError');
    expect([await digestOf('latest'), await digestOf('v2')]).toEqual([images[0]!.digest, undefined]);
    expect(await nameOf(push(images[1]!, 'latest'))).toBe('ok');
  });

  it('is not deleted: not by its name, not with its manifest, and so not pushed again either', async () => {
    await setRules();
    await push(images[0]!, 'v1', 'latest');
    expect(await nameOf(deleteTag('v1'))).toBe('ImmutableTagError');
    expect(await nameOf(remove(images[0]!))).toBe('ImmutableTagError');
    expect(await digestOf('v1')).toBe(images[0]!.digest);
    expect(await digestOf('latest')).toBe(images[0]!.digest);
    expect(await deleteTag('latest')).toHaveLength(1);
  });

  it('is free again when the rule is gone, and a repository may have rules of its own', async () => {
    await push(images[0]!, 'v1');
    await setRules();
    await store().setOfRepository(repository, [{ tags: ['r*'], except: [] }], tenant.actor);
    expect(await nameOf(push(images[1]!, 'v1'))).toBe('ok');
    await push(images[0]!, 'r1');
    await expect(push(images[1]!, 'r1')).rejects.toMatchObject({ rule: { words: 'r*', of: 'repository' } });
    await store().setOfRepository(repository, null, tenant.actor);
    expect(await nameOf(push(images[0]!, 'v1'))).toBe('ImmutableTagError');
    await setRules([]);
    expect(await nameOf(push(images[0]!, 'v1'))).toBe('ok');
  });

  it('is one of a repository that the rule is about', async () => {
    await push(images[0]!, 'v1');
    await setRules([{ ...ALL, repositories: ['app/**', 'team'] }]);
    expect(await nameOf(push(images[1]!, 'v1'))).toBe('ok');
    await setRules([{ ...ALL, repositories: ['app/**', 'team/*'] }]);
    expect(await nameOf(push(images[0]!, 'v1'))).toBe('ImmutableTagError');
  });
});

describe('rules', () => {
  it('are changed with one audit row, and with none when they stay what they were', async () => {
    await setRules();
    await setRules();
    await store().setOfRepository(repository, null, tenant.actor);
    await store().setOfRepository(repository, [], tenant.actor);
    const where = { action: 'immutability.update', namespaceId: tenant.namespace.id };
    const rows = await opened.database.run((db) => db.auditEvent.findMany({ where, orderBy: { id: 'asc' } }));
    expect(rows.map(({ target, detail }) => [target, detail])).toEqual([
      [tenant.namespace.name, { before: null, after: ['* except latest'] }],
      [repository.name, { before: null, after: [] }],
    ]);
  });
});

describe('races', () => {
  it('a rule that is added while its tag is being moved waits for the move, and holds from its answer on (R18)', async () => {
    await push(images[0]!, 'v1');
    const [moved, mayEnd] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const pushing = opened.database.statements(async (tx) => {
      const { digest } = images[1]!;
      await moveTag(tx, { repository, tag: parseTagName('v1'), digest, actor: tenant.actor, expected: undefined });
      moved.resolve();
      await mayEnd.promise;
    });
    await moved.promise;
    let isSet = false;
    const setting = setRules().then(() => (isSet = true));
    await expect.poll(waitingForALock).toBe(1);
    expect(isSet).toBe(false);
    mayEnd.resolve();
    await Promise.all([pushing, setting]);
    expect(await digestOf('v1')).toBe(images[1]!.digest);
    expect(await nameOf(push(images[0]!, 'v1'))).toBe('ImmutableTagError');
  });

  it('a move and a rule at the same moment: moved before the rule, or refused by it (R18)', async () => {
    for (const round of ROUNDS) {
      await setRules([]);
      const tag = `v${round}`;
      await push(images[0]!, tag);
      const [outcome] = await Promise.all([nameOf(push(images[1]!, tag)), setRules()]);
      expect(await digestOf(tag)).toBe(images[outcome === 'ok' ? 1 : 0]!.digest);
      expect(['ok', 'ImmutableTagError']).toContain(outcome);
    }
  });

  it('two first pushes of one tag with two digests: exactly one wins, and keeps it (R18)', async () => {
    await setRules();
    for (const round of ROUNDS) {
      const order = round % 2 ? images : images.toReversed();
      const outcomes = await Promise.all(order.map((image) => nameOf(push(image, `v${round}`))));
      expect(outcomes.toSorted()).toEqual(['ImmutableTagError', 'ok']);
      expect(await digestOf(`v${round}`)).toBe(order[outcomes.indexOf('ok')]!.digest);
    }
  });

  it('a deletion and a rule at the same moment: deleted before the rule, or refused by it (R18)', async () => {
    for (const round of ROUNDS.slice(0, 30)) {
      await setRules([]);
      const tag = `d${round}`;
      await push(images[0]!, tag);
      const [outcome] = await Promise.all([nameOf(round % 2 ? deleteTag(tag) : remove(images[0]!)), setRules()]);
      expect((await digestOf(tag)) === undefined).toBe(outcome === 'ok');
      if (round % 2 === 0 && outcome === 'ok') await pushRows(opened.database, repository, images[0]!);
    }
  });
});

async function waitingForALock(): Promise<number> {
  const [row] = await opened.database.prepared<{ waiting: number }>(
    'waiting',
    `SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    [],
  );
  return row?.waiting ?? 0;
}
