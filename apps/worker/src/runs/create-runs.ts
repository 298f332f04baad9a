import type { RunKind } from '@stowage/jobs';
import type { WorkerOptions } from '../worker-options.js';

/** Every kind of run there is: work that people start and look at. */
export function createRuns(_options: WorkerOptions): RunKind[] {
  return [];
}
