import { type CollectionReport, Collector, type CollectorOptions } from '@stowage/gc';
import type { JobLogger } from '@stowage/jobs';
import type { CollectionCounts, CollectionLog, ReviewQueue } from '@stowage/metadata';
import type { CollectionMetrics } from './collection-metrics.js';

export interface CollectionDependencies extends Pick<CollectorOptions, 'garbage' | 'storage' | 'collectors'> {
  readonly log: CollectionLog;
  readonly metrics: CollectionMetrics;
}

interface OneRun {
  readonly signal: AbortSignal;
  readonly logger: JobLogger;
  /** Of a run that somebody asked for. */
  readonly runId?: string;
  readonly onCounts?: (queue: ReviewQueue, counts: CollectionCounts) => void;
}

/** Collectors whose work is written down, in the database for people and in metrics. */
export class Collection {
  constructor(private readonly deps: CollectionDependencies) {}

  collect({ signal, logger, runId, onCounts }: OneRun): Promise<CollectionReport> {
    const { log, metrics, ...stores } = this.deps;
    const collector = new Collector({
      ...stores,
      onFailure: (queue, error) =>
        logger.warn({ queue, error: String(error) }, 'garbage could not be collected; it is tried again later'),
      onStep: async (queue, counts) => {
        metrics.count(queue, counts);
        onCounts?.(queue, counts);
        await log.add(runId, queue, counts);
      },
    });
    return collector.run(signal);
  }
}
