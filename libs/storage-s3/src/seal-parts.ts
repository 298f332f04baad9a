import { UploadNotFoundError } from '@stowage/storage';
import type { Bucket } from './bucket.js';
import type { Mark } from './marks.js';
import { partAt } from './part-sizes.js';
import { fenceAfter, openBulk, requireSealed } from './staged-parts.js';
import { markPath } from './staging-paths.js';

/**
 * The path of one object with exactly the bytes before a state's offset. A small upload has it: its mark. Otherwise the
 * parts are put together with the mark's bytes, which ends their multipart upload; an append afterwards copies them into
 * a new one. May be asked again, also at the same time. Throws UploadNotFoundError.
 */
export async function sealParts(bucket: Bucket, mark: Mark): Promise<string> {
  const { state, bulk } = mark;
  if (!bulk) return markPath(state);
  const multipart = openBulk(bucket, mark, bulk);
  const { number, start } = partAt(state.offset);
  try {
    const tags = await multipart.list(number - 1);
    if (fenceAfter('', tags) !== bulk.fence) throw new UploadNotFoundError('another writer has replaced staged parts');
    if (state.offset > start) tags.push(await multipart.copy(number, markPath(state)));
    await multipart.complete(tags);
  } catch (cause) {
    if (!(cause instanceof UploadNotFoundError)) throw cause;
    await requireSealed(bucket, mark, { path: multipart.path, cause });
  }
  return multipart.path;
}
