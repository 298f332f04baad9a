import type { RunKind } from '@stowage/jobs';
import {
  RetainedRepositories,
  RetentionDeletion,
  RetentionEffect,
  RetentionJudgement,
  RetentionPolicyStore,
} from '@stowage/metadata';
import type { WorkerOptions } from '../worker-options.js';
import { applyRetention } from './apply-retention.js';

/** Every kind of run there is: work that people start and look at. */
export function createRuns(options: WorkerOptions): RunKind[] {
  return [retentionRun(options)];
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
