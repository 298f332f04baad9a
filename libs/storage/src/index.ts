export * from './memory-driver.js';
export * from './object-keys.js';
export * from './sink-writer.js';
export * from './source-chunks.js';
export * from './storage-driver.js';
export * from './storage-errors.js';
