export { readConfig, type StowageConfig } from './config.js';
export { startStowage } from './start/start-stowage.js';
