import { CollectionLog, GarbageStore, StorageInventory } from '@stowage/metadata';
import { Collection } from './collection.js';
import { CollectionMetrics } from './collection-metrics.js';
import type { WorkerOptions } from './worker-options.js';

export interface CollectionParts {
  readonly collection: Collection;
  readonly garbage: GarbageStore;
}

/** One for the process: what comes by itself and what somebody asked for is counted in the same metrics. */
export function openCollection(options: WorkerOptions): CollectionParts {
  const { database, storage, collectors, metrics, reviewDelaySeconds } = options;
  const garbage = new GarbageStore(database, { seconds: reviewDelaySeconds });
  const log = new CollectionLog(database);
  const counted = new CollectionMetrics(metrics, { garbage, inventory: new StorageInventory(database) });
  return { garbage, collection: new Collection({ garbage, storage, collectors, log, metrics: counted }) };
}
