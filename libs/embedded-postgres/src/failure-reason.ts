import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { PostgresStartError, type PostgresStartErrorCode } from './postgres-errors.js';

interface Failure {
  readonly dataDirectory: string;
  /** What was going on: `initdb` or `postgres`, and how it ended. */
  readonly event: string;
  readonly log: readonly string[];
}

interface Reason {
  readonly code: PostgresStartErrorCode;
  readonly pattern: RegExp;
  readonly explain: (match: RegExpExecArray, failure: Failure) => string;
}

const REASONS: readonly Reason[] = [
  {
    code: 'DISK_FULL',
    pattern: /No space left on device|Disk quota exceeded/,
    explain: (_match, { dataDirectory }) =>
      `the disk that holds ${dataDirectory} is full: free some space and start again`,
  },
  {
    code: 'VERSION_MISMATCH',
    pattern: /initialized by PostgreSQL version (\S+), which is not compatible with this version (\S+?)\.?$/m,
    explain: ([, found, ours], { dataDirectory }) =>
      `${dataDirectory} was made by PostgreSQL ${found} and this is ${ours}: start the Stowage version that made it, or dump and restore the database`,
  },
  {
    code: 'STILL_RUNNING',
    pattern: /pre-existing shared memory block .* is still in use/,
    explain: (_match, { dataDirectory }) =>
      `processes of an earlier PostgreSQL still use ${dataDirectory}: end them and start again`,
  },
  {
    code: 'ROOT_REFUSED',
    pattern: /execution of the PostgreSQL server is not permitted|cannot be run as root/,
    explain: () => 'PostgreSQL refuses to run as root: start Stowage as an ordinary user, or set STOWAGE_DATABASE_URL',
  },
  {
    code: 'BINARIES_MISSING',
    pattern: /error while loading shared libraries: (\S+?):/,
    explain: ([, library]) =>
      `the library ${library} that PostgreSQL needs is missing: run npm ci again with install scripts on, or set STOWAGE_DATABASE_URL`,
  },
];

/** Bytes. Its lock files and its log take less. */
const ROOM_TO_START = 64 * 1024;

/** The line that tells most. Not what a client is told that comes too early. */
const CULPRIT = /(FATAL|PANIC|error):(?!.*the database system is)/;

/** Turns what PostgreSQL printed before it ended into an error that says what to do. */
export async function toStartError(failure: Failure): Promise<PostgresStartError> {
  const log = (await isDiskFull(failure.dataDirectory)) ? [...failure.log, 'No space left on device'] : failure.log;
  const text = log.join('\n');
  for (const { code, pattern, explain } of REASONS) {
    const match = pattern.exec(text);
    if (match) return new PostgresStartError(code, `PostgreSQL did not start: ${explain(match, failure)}`, { log });
  }
  const last = log.findLast((line) => CULPRIT.test(line)) ?? log.at(-1);
  const why = last === undefined ? failure.event : `${failure.event}: ${last.trim()}`;
  return new PostgresStartError('FAILED', `PostgreSQL did not start in ${failure.dataDirectory}: ${why}`, { log });
}

/** On a full disk PostgreSQL can't write down why it ends. */
async function isDiskFull(folder: string): Promise<boolean> {
  const disk = await statfs(path.dirname(folder));
  return disk.bavail * disk.bsize < ROOM_TO_START;
}

/** A file-system error on the way to a running server. Anything else is passed through as it is. */
export async function toFolderError(cause: unknown, dataDirectory: string): Promise<unknown> {
  if (!(cause instanceof Error) || !('code' in cause) || cause instanceof PostgresStartError) return cause;
  if (cause.code === 'ENOSPC' || cause.code === 'EDQUOT') {
    return toStartError({ dataDirectory, event: 'write', log: ['No space left on device'] });
  }
  return new PostgresStartError('FOLDER_UNUSABLE', `PostgreSQL can't use ${dataDirectory}: ${cause.message}`, {
    cause,
  });
}
