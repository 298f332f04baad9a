import { expect, test } from 'vitest';
import { toFolderError, toStartError } from './failure-reason.js';
import { PostgresStartError } from './postgres-errors.js';

const dataDirectory = '/tmp/postgres';

test.for([
  ['DISK_FULL', 'FATAL:  could not write lock file "postmaster.pid": No space left on device', /is full: free some/],
  [
    'VERSION_MISMATCH',
    'DETAIL:  The data directory was initialized by PostgreSQL version 17, which is not compatible with this version 18.4.',
    /made by PostgreSQL 17 and this is 18\.4: start the Stowage version/,
  ],
  [
    'STILL_RUNNING',
    'FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use',
    /\/tmp\/postgres: end them/,
  ],
  ['ROOT_REFUSED', '"root" execution of the PostgreSQL server is not permitted.', /ordinary user/],
  [
    'BINARIES_MISSING',
    'postgres: error while loading shared libraries: libicuuc.so.60: cannot open shared object file',
    /library libicuuc\.so\.60 .* STOWAGE_DATABASE_URL/,
  ],
] as const)('knows %s by what PostgreSQL prints', async ([code, line, message]) => {
  const error = await toStartError({ dataDirectory, event: 'exit code 1', log: ['LOG:  first', line, 'LOG:  last'] });
  expect(error.code).toBe(code);
  expect(error.message).toMatch(message);
  expect(error.message).not.toContain('\n');
  expect(error.log).toContain(line);
});

test('quotes the line that tells most of what it does not know', async () => {
  const log = ['FATAL:  the sky fell', 'FATAL:  the database system is starting up', 'LOG:  bye'];
  expect((await toStartError({ dataDirectory, event: 'SIGABRT', log })).message).toBe(
    'PostgreSQL did not start in /tmp/postgres: SIGABRT: FATAL:  the sky fell',
  );
  expect((await toStartError({ dataDirectory, event: 'SIGABRT', log: [] })).message).toBe(
    'PostgreSQL did not start in /tmp/postgres: SIGABRT',
  );
});

test('translates errors of the file system and no others', async () => {
  const failed = (code: string) => Object.assign(new Error(`${code}: it failed`), { code });
  expect(await toFolderError(failed('ENOSPC'), dataDirectory)).toMatchObject({ code: 'DISK_FULL' });
  expect(await toFolderError(failed('EACCES'), dataDirectory)).toMatchObject({
    code: 'FOLDER_UNUSABLE',
    message: "PostgreSQL can't use /tmp/postgres: EACCES: it failed",
  });
  const own = new PostgresStartError('TIMEOUT', 'late');
  const defect = new TypeError('defect');
  expect(await toFolderError(own, dataDirectory)).toBe(own);
  expect(await toFolderError(defect, dataDirectory)).toBe(defect);
});
