import { armFailPoints, FailPointSyntaxError } from '@stowage/failpoints';
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

const EXPLAINED = [ConfigError, MigrationError, StartError, FailPointSyntaxError];

/**
 * The life of a process: start, announce, run until SIGTERM or SIGINT, stop in order, exit 0. A signal during the start
 * counts as soon as the start is over, so that nothing half-started is left behind. A start that fails for a reason that
 * a person can change ends with one line that names it, and exit code 1.
 */
export async function runProcess({ start, explained = [] }: ProcessOptions): Promise<void> {
  const signal = firstSignal();
  haveEnoughThreads();
  try {
    armForTests();
    const started = await start();
    process.stdout.write(started.process.announcement);
    process.on('unhandledRejection', (error) => started.logger.error({ err: error }, 'unhandled rejection'));
    started.logger.info({ signal: await signal }, 'stopping');
    await started.process.stop();
    process.exit(0);
  } catch (error) {
    const isExplained = [...EXPLAINED, ...explained].some((kind) => error instanceof kind);
    const text = isExplained ? (error as Error).message : String((error as Error)?.stack ?? error);
    process.stderr.write(`stowage: ${text}\n`);
    process.exit(1);
  }
}

/**
 * A sync holds one of libuv's threads for as long as the disk takes, and of the four that it makes by itself a few pushes would
 * hold all: then pulls wait for them. libuv looks once, when the first work is given to it; no module does that by being loaded.
 */
function haveEnoughThreads(): void {
  process.env['UV_THREADPOOL_SIZE'] ??= '16';
}

/** Taken out of the environment: it is no setting, and no process below this one is meant. */
function armForTests(): void {
  const failPoints = process.env['STOWAGE_FAILPOINTS'];
  delete process.env['STOWAGE_FAILPOINTS'];
  armFailPoints(failPoints);
  if (failPoints) process.stdout.write(`stowage: fail points are armed (${failPoints}); this process is for tests\n`);
}

/** A terminal signals the whole group and npm passes the signal on, so one Ctrl-C arrives twice. */
const SAME_REQUEST_MS = 1_000;

/** Whoever asks a second time does not want to wait for what is under way. */
function firstSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let askedAtMs: number | undefined;
    const onSignal = (signal: NodeJS.Signals) => {
      askedAtMs ??= performance.now();
      if (performance.now() - askedAtMs > SAME_REQUEST_MS) process.exit(1);
      resolve(signal);
    };
    process.on('SIGTERM', onSignal);
    process.on('SIGINT', onSignal);
  });
}
