export * from './routes-of.js';
