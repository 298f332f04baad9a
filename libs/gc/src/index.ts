export { type CollectionReport, Collector, type CollectorOptions } from './collector.js';
