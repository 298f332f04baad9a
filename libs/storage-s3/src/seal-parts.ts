import { UploadNotFoundError } from '@stowage/storage';
import type { Bucket } from './bucket.js';
import { LazyMultipart } from './lazy-multipart.js';
import type { Mark } from './marks.js';
import { partAt } from './part-sizes.js';
import { copyParts, fenceAfter, openBulk } from './staged-parts.js';
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
  const last = state.offset > start ? number : number - 1;
  try {
    const tags = await multipart.list();
    if (fenceAfter('', tags.slice(0, number - 1)) !== bulk.fence)
      throw new UploadNotFoundError('staged parts are not ours');
    // More than was saved, of an append that was broken off, can't be left out: it is cut off afterwards.
    if (tags.length <= last && last === number) tags[number - 1] = await multipart.copy(number, markPath(state));
    await multipart.complete(tags);
  } catch (cause) {
    // Perhaps they were put together before, and the answer got lost.
    if (!(cause instanceof UploadNotFoundError)) throw cause;
    return exactly(bucket, mark, { path: multipart.path, cause });
  }
  return exactly(bucket, mark, { path: multipart.path, cause: undefined });
}

interface Found {
  readonly path: string;
  /** Why there may be nothing. */
  readonly cause: unknown;
}

async function exactly(bucket: Bucket, mark: Mark, { path, cause }: Found): Promise<string> {
  const size = (await bucket.find(path))?.size;
  if (size === mark.state.offset) return path;
  if (size === undefined || size < partAt(mark.state.offset).start) {
    throw new UploadNotFoundError('no such upload', { cause });
  }
  return cutOff(bucket, mark, path);
}

/** Only whole parts were stored in vain, so that what is too long has all the whole parts of the state in it. */
async function cutOff(bucket: Bucket, { state }: Mark, from: string): Promise<string> {
  const path = `${from}-${state.offset}`;
  if ((await bucket.find(path))?.size === state.offset) return path;
  const { number, start } = partAt(state.offset);
  const parts = new LazyMultipart(bucket, path);
  try {
    const multipart = await parts.begin();
    const tags = await copyParts(multipart, from, start);
    if (state.offset > start) tags.push(await multipart.copy(number, markPath(state)));
    await multipart.complete(tags);
  } catch (cause) {
    // @NOTE what can't be freed now goes with the upload; the first failure counts.
    await parts.abort().catch(() => undefined);
    throw cause;
  }
  return path;
}
