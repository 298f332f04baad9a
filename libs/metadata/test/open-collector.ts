import type { Digest } from '@stowage/oci';
import { GarbageStore, type JudgedQueue } from '../src/collection/garbage-store.js';
import type { Claim } from '../src/collection/review-queue.js';
import type { Verdict } from '../src/collection/verdict.js';
import type { Database } from '../src/database.js';
import { createRepository, createTenant, REVIEW_DELAY } from '../src/testing/index.js';
import { openDatabase } from './open-database.js';

/** A collector over a database of the test file's own. */
export function openCollector() {
  const opened = openDatabase();
  const garbage = (): GarbageStore => new GarbageStore(opened.database, REVIEW_DELAY);
  return {
    get database(): Database {
      return opened.database;
    },
    garbage,
    async aPlace() {
      const tenant = await createTenant(opened.database);
      const repository = await createRepository(opened.database, `${tenant.namespace.name}/app`);
      return { tenant, repository };
    },
    anotherRepository({ namespace }: Awaited<ReturnType<typeof createTenant>>) {
      return createRepository(opened.database, `${namespace.name}/other`);
    },
    /** The delay of everything that is queued is over: the database's clock decides. */
    async passDelay(): Promise<void> {
      await opened.database.run(async (db) => {
        for (const queue of ['manifest_review', 'link_review', 'blob_review'])
          await db.$executeRawUnsafe(`UPDATE ${queue} SET review_after = now() - interval '1 second'`);
      });
    },
    /** The claim of one thing among all that is due. */
    async claimOf(queue: Parameters<GarbageStore['claim']>[0], digest: Digest): Promise<Claim> {
      const claim = (await garbage().claim(queue, 1000)).find((each) => each.digest === digest);
      if (!claim) throw new Error(`${digest} is not due in ${queue}`);
      return claim;
    },
    /** What comes of all that is due, by digest. */
    async review(queue: JudgedQueue): Promise<Map<string, Verdict>> {
      const verdicts = new Map<string, Verdict>();
      const claims = await garbage().claim(queue, 1000);
      for (const { claim, verdict } of await garbage().review(queue, claims)) verdicts.set(claim.digest, verdict);
      return verdicts;
    },
    async reviewOne(queue: JudgedQueue, claim: Claim): Promise<Verdict | undefined> {
      return (await garbage().review(queue, [claim]))[0]?.verdict;
    },
  };
}
