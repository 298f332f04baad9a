export { describeStorageDriver } from './describe-storage-driver.js';
export type { DriverHarness } from './driver-harness.js';
export { contentOf, failingSource, gatedSource, patternBytes, sourceOf, stalledSource } from './test-sources.js';
export { PausingSink } from './test-sinks.js';
