export { openMail } from './open-mail.js';
export { startWorker, type Worker } from './start-worker.js';
export type { WorkerOptions } from './worker-options.js';
