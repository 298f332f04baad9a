export type { CollectionReport, QueueTally } from './collection-tally.js';
export { Collector, type CollectorOptions } from './collector.js';
