import { CollectionPauses, CollectionRuns, SYSTEM_ACTOR } from '@stowage/metadata';
import { blobKey } from '@stowage/storage';
import { Readable } from 'node:stream';
import { createHash } from 'node:crypto';
import { formatDigest } from '@stowage/oci';
import { describe, expect, it } from 'vitest';
import { aRegistry, eventually, type Registry } from './support/a-registry.js';

/** A blob that no repository has: its row, its object, and its place in the queue. */
async function abandonedBlob({ database, storage }: Registry, content: string): Promise<string> {
  const digest = formatDigest('sha256', createHash('sha256').update(content).digest('hex'));
  const key = blobKey(digest, 'generation');
  await storage.write(key, Readable.from([Buffer.from(content)]));
  await database.run(async (db) => {
    await db.blob.create({ data: { digest, size: content.length, generation: 'generation' } });
    await db.blobReview.create({ data: { digest, reviewAfter: new Date(0), event: 'test' } });
  });
  return key;
}

async function storedKeys({ storage }: Registry): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of storage.list('')) keys.push(key);
  return keys;
}

describe('runs of garbage collection', () => {
  it('that come by themselves are written down, with what they freed, in metrics too (G8, G12)', async () => {
    const registry = await aRegistry();
    await abandonedBlob(registry, 'nobody needs this');
    await registry.startWorker(60);
    await eventually(async () => expect(await storedKeys(registry)).toEqual([]));
    const runs = new CollectionRuns(registry.database);
    await eventually(async () => {
      const [run] = await runs.list({ last: null, limit: 1 });
      expect(run?.queues).toMatchObject({ blob_review: { deleted: 1 }, object_removal: { deleted: 1, bytes: 17 } });
    });
    const metrics = await registry.metrics.metrics();
    expect(metrics).toContain('stowage_gc_freed_bytes_total{queue="object_removal"} 17');
    expect(metrics).toContain('stowage_gc_backlog{queue="object_removal"} 0');
    expect(metrics).not.toMatch(/stowage_gc_\w+\{[^}]*(namespace|repository)/);
  });

  it('stop while it is paused, except dry runs, which say what would go; then it goes (G7)', async () => {
    const registry = await aRegistry();
    const pauses = new CollectionPauses(registry.database);
    await pauses.pause('looking first', SYSTEM_ACTOR);
    const key = await abandonedBlob(registry, 'still here');
    await registry.startWorker(60);
    const runs = new CollectionRuns(registry.database);
    const id = await runs.start(true, SYSTEM_ACTOR);
    await eventually(async () => expect(await runs.find(id)).toMatchObject({ state: 'succeeded' }));
    expect(await runs.findings(id)).toMatchObject({ due: { objects: 1, bytes: 10 }, later: { objects: 0 } });
    expect(await storedKeys(registry)).toEqual([key]);
    await pauses.resume(SYSTEM_ACTOR);
    const wanted = await runs.start(false, SYSTEM_ACTOR);
    await eventually(async () => expect(await runs.find(wanted)).toMatchObject({ state: 'succeeded' }));
    await eventually(async () => expect(await storedKeys(registry)).toEqual([]));
  });
});
