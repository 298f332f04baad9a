import type { RunKind } from '@stowage/jobs';
import {
  CollectionLog,
  CollectionPauses,
  CollectionRuns,
  BulkRuns,
  BulkSelection,
  Deletions,
  RetainedRepositories,
  RetentionDeletion,
  RetentionEffect,
  RetentionJudgement,
  RetentionPolicyStore,
  UsageRecount,
  StorageInventory,
} from '@stowage/metadata';
import type { CollectionParts } from '../open-collection.js';
import type { WorkerOptions } from '../worker-options.js';
import { applyRetention } from './apply-retention.js';
import { checkStorageRun } from './check-storage-run.js';
import { collectGarbageRun } from './collect-garbage-run.js';
import { deleteByFilter } from './delete-by-filter.js';
import { forecastCollectionRun } from './forecast-collection-run.js';
import { recountUsage } from './recount-usage.js';
import { restoreRun } from './restore-run.js';

/** Every kind of run there is: work that people start and look at. */
export function createRuns(options: WorkerOptions, collection: CollectionParts): RunKind[] {
  return [
    retentionRun(options),
    ...bulkRuns(options),
    recountUsage(new UsageRecount(options.database)),
    ...collectionRuns(options, collection),
  ];
}

function collectionRuns({ database, storage }: WorkerOptions, { collection, garbage }: CollectionParts): RunKind[] {
  const runs = new CollectionRuns(database);
  return [
    collectGarbageRun({ collection, garbage, runs, pauses: new CollectionPauses(database) }),
    forecastCollectionRun({ database, runs, log: new CollectionLog(database) }),
    checkStorageRun({ inventory: new StorageInventory(database), storage }),
  ];
}

function retentionRun({ database, reviewDelaySeconds, trashRetentionSeconds }: WorkerOptions): RunKind {
  return applyRetention({
    policies: new RetentionPolicyStore(database),
    repositories: new RetainedRepositories(database),
    judgement: new RetentionJudgement(database),
    effect: new RetentionEffect(database),
    deletion: new RetentionDeletion(database, {
      trashSeconds: trashRetentionSeconds,
      delay: { seconds: reviewDelaySeconds },
    }),
  });
}

function bulkRuns({ database, reviewDelaySeconds, trashRetentionSeconds }: WorkerOptions): RunKind[] {
  const terms = { trashSeconds: trashRetentionSeconds, delay: { seconds: reviewDelaySeconds } };
  const repositories = new RetainedRepositories(database);
  const deletions = new Deletions(database, terms);
  return [
    deleteByFilter({ repositories, deletions, selection: new BulkSelection(database) }),
    restoreRun({ database, runs: new BulkRuns(database) }),
  ];
}
