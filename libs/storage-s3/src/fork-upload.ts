import type { UploadState } from '@stowage/storage';
import type { Bucket } from './bucket.js';
import { openMark, writeMark } from './marks.js';
import { sealParts } from './seal-parts.js';
import { forkParts } from './staged-parts.js';
import { newToken } from './staging-paths.js';

/**
 * `StorageDriver.forkUpload`. Sealing ends the multipart upload of the old state, so that its writer can add nothing; the
 * service copies the parts into a new one, under a token that this writer does not know.
 */
export async function forkUpload(bucket: Bucket, state: UploadState): Promise<UploadState> {
  const mark = await openMark(bucket, state);
  const fork = { token: newToken(), offset: state.offset };
  const parts = mark.bulk ? await forkParts(bucket, fork, await sealParts(bucket, mark)) : undefined;
  try {
    const bulk = await parts?.noteWith([]);
    await writeMark(bucket, { state: fork, bulk, previous: undefined, tail: mark.tail });
  } catch (cause) {
    // @NOTE what can't be freed now is listed as an upload and goes with the next sweep; the first failure counts.
    await parts?.abandon().catch(() => undefined);
    throw cause;
  }
  return fork;
}
