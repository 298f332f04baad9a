export type { CollectionReport } from './collection-tally.js';
export { Collector, type CollectorOptions } from './collector.js';
export { type ScrubReport, scrub } from './scrub.js';
export { checkStorage, type StorageCheckReport, WrongStorageError } from './storage-check.js';
