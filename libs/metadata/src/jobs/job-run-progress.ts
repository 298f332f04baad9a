/** How far a run is: what its next attempt goes on from, and what people see. */
export interface JobRunProgress {
  readonly done: number;
  /** Null: not known. */
  readonly total: number | null;
  /** What was done, by names of the kind's own: `deletedBytes`, `keptTags`. */
  readonly counters: Readonly<Record<string, number>>;
  /** Json of the kind's own; null at the beginning. */
  readonly cursor: unknown;
}

/** What a person may ask of a run that is at work. */
export type JobRunRequest = 'pause' | 'cancel';

/** What a run is told each time it writes its progress. */
export interface JobRunWish {
  readonly asked: JobRunRequest | null;
  /** The run's namespace, or the whole registry. */
  readonly isReadOnly: boolean;
}

export interface NewLogLine {
  readonly isWarning: boolean;
  readonly message: string;
}

/** How an attempt ended. */
export interface JobRunOutcome {
  /** `queued`: it is tried again, or goes on. */
  readonly state: 'queued' | 'paused' | 'succeeded' | 'failed' | 'cancelled';
  /** In words for everybody who sees the run. */
  readonly error?: string | undefined;
  /** For administrators alone. */
  readonly cause?: string | undefined;
  /** Until the next attempt, by the database's clock. */
  readonly delaySeconds?: number | undefined;
  /** False: the attempt was not the run's own to lose, and doesn't count. */
  readonly keepsAttempt?: boolean | undefined;
}
