import { ObjectNotFoundError, UploadNotFoundError, type UploadState } from '@stowage/storage';
import { z } from 'zod';
import type { Bucket } from './bucket.js';
import { partAt } from './part-sizes.js';
import { markPath } from './staging-paths.js';

const size = z.number().int().min(0);

/** The whole parts before an offset: a multipart upload that stays open from append to append. */
const bulkSchema = z.object({
  name: z.string().regex(/^bulk-[0-9a-f]{32}$/),
  uploadId: z.string().min(1).max(1_200),
  /** A hash over the entity tags of the parts: bytes that another writer has put in their place don't have it. */
  fence: z.string().regex(/^[0-9a-f]{64}$/),
});

const noteSchema = z.object({ bulk: bulkSchema.optional(), previous: size.optional() });

export type Bulk = z.infer<typeof bulkSchema>;

/**
 * What makes a state durable: an object whose bytes are those after the last whole part, with a note beside them of
 * where the parts are. Written after the parts, so that what it names is there; each state has its own, so that the
 * state before stays valid until the caller has saved the new one.
 */
export interface Mark {
  readonly state: UploadState;
  readonly bulk: Bulk | undefined;
  /** The state it was appended to. */
  readonly previous: number | undefined;
}

export interface OpenMark extends Mark {
  readonly tail: Buffer;
}

/** How many bytes of a state are in whole parts; the others are in its mark. */
export function bulkSize(state: UploadState): number {
  return partAt(state.offset).start;
}

export async function writeMark(bucket: Bucket, { state, bulk, previous, tail }: OpenMark): Promise<void> {
  await bucket.put(markPath(state), tail, { note: JSON.stringify({ bulk, previous }) });
}

/** Throws UploadNotFoundError. */
export async function findMark(bucket: Bucket, state: UploadState): Promise<Mark> {
  const { size, note } = await asUpload(() => bucket.head(markPath(state)));
  return parseMark(state, size, note);
}

/** With its bytes. Throws UploadNotFoundError. */
export async function openMark(bucket: Bucket, state: UploadState): Promise<OpenMark> {
  const { size, note, bytes } = await asUpload(() => bucket.bytes(markPath(state)));
  return { ...parseMark(state, size, note), tail: bytes };
}

async function asUpload<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    throw cause instanceof ObjectNotFoundError ? new UploadNotFoundError('no such upload', { cause }) : cause;
  }
}

function parseMark(state: UploadState, size: number, note: string | undefined): Mark {
  const parsed = noteSchema.safeParse(parseJson(note));
  const isWhole = size === state.offset - bulkSize(state) && (parsed.data?.bulk !== undefined) === bulkSize(state) > 0;
  if (!parsed.success || !isWhole) throw new UploadNotFoundError('what is noted of the upload is not whole');
  return { state, bulk: parsed.data.bulk, previous: parsed.data.previous };
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
