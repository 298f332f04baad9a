import { retentionPolicySchema } from '@stowage/contracts';
import { createTestDatabase } from '@stowage/dev-env/testing';
import {
  Database,
  ImmutabilityStore,
  RetainedRepositories,
  RetentionDeletion,
  RetentionEffect,
  RetentionJudgement,
  RetentionPolicyStore,
} from '@stowage/metadata';
import {
  anImage,
  createRepository,
  createTenant,
  migratedTemplate,
  pushImageRows,
  REVIEW_DELAY,
} from '@stowage/metadata/testing';
import { silentLogger } from '@stowage/telemetry';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { applyRetention } from '../src/runs/apply-retention.js';

const TAGS = 27_000;
const KEPT = 1_000;
const RUN = '00000000-0000-4000-8000-000000000002';

let database: Database;
let dispose: () => Promise<void>;
beforeAll(async () => {
  const created = await createTestDatabase({ template: migratedTemplate });
  database = new Database({ connectionString: created.connectionString });
  dispose = async () => {
    await database.close();
    await created.dispose();
  };
});
afterAll(() => dispose());

/** Dies in the middle of its work, again and again: after so many batches, with the transaction of the last one undone. */
class Dying extends RetentionDeletion {
  batches = 0;
  override async delete(...[batch]: Parameters<RetentionDeletion['delete']>) {
    this.batches += 1;
    if (this.batches % 50 === 0) throw new Error('killed');
    return super.delete(batch);
  }
}

it('27 000 tags are gone in one run, although it is killed again and again (R4 of the table of features)', async () => {
  const { namespace, actor } = await createTenant(database);
  const repository = await createRepository(database, `${namespace.name}/app`);
  const image = anImage();
  await pushImageRows(database, repository, image);
  await database.run(
    (db) => db.$executeRaw`
      INSERT INTO tag (repository_id, name, digest, updated_at)
      SELECT ${repository.id}::uuid, 'build-' || n, ${image.digest}, now() - make_interval(mins => n)
      FROM generate_series(1, ${TAGS}) AS n`,
  );
  const held = [{ repositories: ['**'], tags: ['build-26999'], except: [] }];
  await new ImmutabilityStore(database).setOfNamespace(namespace, held, actor);
  const policies = new RetentionPolicyStore(database);
  const policy = retentionPolicySchema.parse({
    rules: [{ tags: ['build-*'], keep: { kind: 'newest-pushed', count: KEPT } }],
  });
  const scope = { kind: 'namespace', id: namespace.id, namespaceId: namespace.id, name: namespace.name } as const;
  await policies.set(scope, policy, actor);
  const deletion = new Dying(database, { trashSeconds: 60, delay: REVIEW_DELAY });
  const run = applyRetention({
    policies,
    repositories: new RetainedRepositories(database),
    judgement: new RetentionJudgement(database),
    effect: new RetentionEffect(database),
    deletion,
  });
  let attempts = 0;
  for (let isDone = false; !isDone; attempts += 1) {
    expect(attempts).toBeLessThan(20);
    isDone = await attempt(run, namespace.id).then(
      () => true,
      (error: Error) => {
        expect(error.message).toBe('killed');
        return false;
      },
    );
  }
  expect(attempts).toBeGreaterThan(3);
  const left = await database.run((db) => db.tag.findMany({ where: { repositoryId: repository.id } }));
  const expected = Array.from({ length: KEPT }, (_, at) => `build-${at + 1}`);
  expect(left.map(({ name }) => name).toSorted()).toEqual([...expected, 'build-26999'].toSorted());
  const results = await database.run((db) => db.retentionResult.groupBy({ by: ['outcome'], _count: true }));
  expect(results).toEqual([{ outcome: 'deleted', _count: TAGS - KEPT - 1 }]);
}, 300_000);

async function attempt(run: ReturnType<typeof applyRetention>, namespaceId: string): Promise<void> {
  const ignored = () => undefined;
  const progress = { expect: ignored, advance: ignored, snapshot: () => ({ done: 0, total: null, counters: {} }) };
  await run.perform(
    { payload: { namespaceId, repositoryId: null }, cursor: null },
    {
      id: RUN,
      namespaceId,
      signal: new AbortController().signal,
      progress: progress as never,
      log: { info: ignored, warn: ignored },
      logger: silentLogger,
    },
  );
}
