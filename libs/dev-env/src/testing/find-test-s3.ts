import { appendFileSync } from 'node:fs';
import { type TestS3, testS3At } from './test-s3.js';

/** Set by the global set-up of a run: where the files ask for the server that they share. */
export const S3_STARTER_VARIABLE = 'STOWAGE_TEST_S3_STARTER';

/**
 * A real S3 server: the one that STOWAGE_TEST_S3_ENDPOINT names (with the keys of `s3-server.sh`), else the one that all files
 * of the run share. Undefined, with a line that says why, where there can be none.
 */
export async function findTestS3(): Promise<TestS3 | undefined> {
  const given = process.env['STOWAGE_TEST_S3_ENDPOINT'];
  if (given !== undefined) return testS3At(given);
  const starter = process.env[S3_STARTER_VARIABLE];
  if (starter === undefined) throw new Error('only integration tests have an S3 server');
  const answer = await fetch(starter);
  const text = await answer.text();
  if (answer.ok) return testS3At(text);
  if (answer.status !== 503) throw new Error(`the S3 server can't be started: ${text}`);
  reportSkip(text);
  return undefined;
}

/** `npm test` repeats the line at its end, so that nobody takes a skip for a pass. */
function reportSkip(reason: string): void {
  const line = `SKIPPED storage on a real S3 server (Debian's radosgw): ${reason}`;
  process.stdout.write(`${line}\n`);
  const file = process.env['STOWAGE_E2E_SKIPS'];
  if (file) appendFileSync(file, `${line}\n`);
}
