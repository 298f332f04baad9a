export * from './object-keys.js';
export * from './storage-driver.js';
export * from './storage-errors.js';
