import { createHash } from 'node:crypto';
import { UploadNotFoundError, type UploadState } from '@stowage/storage';
import type { Bucket } from './bucket.js';
import { inLanes } from './in-lanes.js';
import { LazyMultipart } from './lazy-multipart.js';
import { type Bulk, bulkSize, type Mark } from './marks.js';
import { Multipart } from './multipart.js';
import { nextPart, partAt } from './part-sizes.js';
import type { PartTarget } from './part-writer.js';
import { folderOf, newToken } from './staging-paths.js';

const COPY_LANES = 8;

/** The whole parts of an upload while it is appended to. */
export interface StagedParts extends PartTarget {
  /** How to find the parts again, with those that were added; undefined while there are none. */
  noteWith(tags: readonly string[]): Promise<Bulk | undefined>;
  /** Frees what this append has begun: the state before it stays whole. */
  abandon(): Promise<void>;
}

/**
 * The parts that a mark names, ready for more: those after them were stored by an append whose state was never saved, and
 * are overwritten. Throws UploadNotFoundError when they are gone.
 */
export async function continueParts(bucket: Bucket, mark: Mark): Promise<StagedParts> {
  const { bulk } = mark;
  if (!bulk) return newParts(bucket, mark.state).staged;
  const multipart = openBulk(bucket, mark, bulk);
  // S3 can't open again what it has put together, but copies it by itself.
  if (!(await isOpen(bucket, mark, multipart))) return forkParts(bucket, mark.state, multipart.path);
  return {
    upload: (number, bytes) => multipart.upload(number, bytes),
    noteWith: async (tags) => ({ ...bulk, fence: fenceAfter(bulk.fence, tags) }),
    abandon: async () => {},
  };
}

export function openBulk(bucket: Bucket, { state }: Mark, bulk: Bulk): Multipart {
  return new Multipart(bucket, folderOf(state) + bulk.name, bulk.uploadId);
}

/** Over the entity tags of parts, one after the other, so that more can be added without those before. */
export function fenceAfter(fence: string, tags: readonly string[]): string {
  return tags.reduce((before, tag) => createHash('sha256').update(`${before} ${tag}`).digest('hex'), fence);
}

/** False when the parts were put together to be read. */
async function isOpen(bucket: Bucket, mark: Mark, multipart: Multipart): Promise<boolean> {
  try {
    await multipart.requireOpen();
    return true;
  } catch (cause) {
    if (!(cause instanceof UploadNotFoundError)) throw cause;
    const sealed = await bucket.find(multipart.path);
    if (!sealed || sealed.size < bulkSize(mark.state)) throw cause;
    return false;
  }
}

function newParts(bucket: Bucket, state: UploadState): { readonly parts: LazyMultipart; readonly staged: StagedParts } {
  const name = `bulk-${newToken()}`;
  const parts = new LazyMultipart(bucket, folderOf(state) + name);
  const noteWith = async (tags: readonly string[]) => {
    if (tags.length === 0) return undefined;
    return { name, uploadId: (await parts.begin()).id, fence: fenceAfter('', tags) };
  };
  return {
    parts,
    staged: { upload: (number, bytes) => parts.upload(number, bytes), noteWith, abandon: () => parts.abort() },
  };
}

/** Parts of the upload that `state` names, with the whole ones before its offset copied from a sealed object. */
export async function forkParts(bucket: Bucket, state: UploadState, sealed: string): Promise<StagedParts> {
  const { parts, staged } = newParts(bucket, state);
  try {
    const before = await copyParts(await parts.begin(), sealed, bulkSize(state));
    return { ...staged, noteWith: (tags) => staged.noteWith([...before, ...tags]) };
  } catch (cause) {
    await staged.abandon().catch(() => undefined);
    throw cause;
  }
}

/** Makes the same parts again of what they were put together to. `end` is the start of a part. */
export async function copyParts(target: Multipart, from: string, end: number): Promise<string[]> {
  const places = [];
  for (let place = partAt(0); place.start < end; place = nextPart(place)) places.push(place);
  return inLanes(places, COPY_LANES, ({ number, start, size }) =>
    target.copy(number, from, { first: start, last: start + size - 1 }),
  );
}
