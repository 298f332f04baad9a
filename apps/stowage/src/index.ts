export { readConfig, type StowageConfig } from './config.js';
export { type RunningStowage, startStowage } from './start/start-stowage.js';
