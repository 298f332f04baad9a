import type { Logger } from '@stowage/telemetry';
import { ConfigError } from '@stowage/config';
import { MigrationError } from '@stowage/metadata';
import { StartError } from './start-error.js';

export interface RunningProcess {
  /** What to tell the person in the terminal. */
  readonly announcement: string;
  /** Lets requests finish, then stops everything in order. Idempotent. */
  stop(): Promise<void>;
}

export interface ProcessOptions {
  readonly start: () => Promise<{ readonly process: RunningProcess; readonly logger: Logger }>;
  /** Errors, besides the common ones, whose message is all that is worth printing. */
  readonly explained?: readonly (new (
    ...args: never[]
  ) => Error)[];
}

const EXPLAINED = [ConfigError, MigrationError, StartError];

/**
 * The life of a process: start, announce, run until SIGTERM or SIGINT, stop in order, exit 0. A start that fails for a
 * reason that a person can change ends with one line that names it, and exit code 1.
 */
export async function runProcess({ start, explained = [] }: ProcessOptions): Promise<void> {
  try {
    const started = await start();
    process.stdout.write(started.process.announcement);
    stopOnSignals(started.process, started.logger);
  } catch (error) {
    const isExplained = [...EXPLAINED, ...explained].some((kind) => error instanceof kind);
    const text = isExplained ? (error as Error).message : String((error as Error)?.stack ?? error);
    process.stderr.write(`stowage: ${text}\n`);
    process.exit(1);
  }
}

function stopOnSignals(running: RunningProcess, logger: Logger): void {
  let signals = 0;
  const onSignal = (signal: string) => {
    signals += 1;
    if (signals > 1) process.exit(1); // asked twice: do not wait for requests that are under way
    logger.info({ signal }, 'stopping');
    void running.stop().then(() => process.exit(0));
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  process.on('unhandledRejection', (error) => logger.error({ err: error }, 'unhandled rejection'));
}
