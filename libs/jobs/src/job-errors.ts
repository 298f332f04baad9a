/** Two jobs share a name, so one of them would never run. */
export class DuplicateJobError extends Error {
  override name = 'DuplicateJobError';

  constructor(readonly job: string) {
    super(`two jobs are called ${job}`);
  }
}

/** The queue holds jobs that nobody here can run: this worker is older or newer than what enqueued them. */
export class UnhandledJobError extends Error {
  override name = 'UnhandledJobError';

  constructor(readonly jobs: readonly string[]) {
    super(`the queue holds jobs that this worker does not know: ${jobs.join(', ')}; run a version that does`);
  }
}
