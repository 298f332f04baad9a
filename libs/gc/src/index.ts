export type { CollectionReport } from './collection-tally.js';
export { Collector, type CollectorOptions } from './collector.js';
