import { setTimeout as delay } from 'node:timers/promises';
import type { Blob } from '../content/blob.js';
import type { RepositoryClient } from '../client/repository-client.js';
import type { Random } from '../random.js';
import { OpenUpload } from './open-upload.js';

const ATTEMPTS = 60;
const PAUSE_MS = 1_000;
const LEAST_CHUNK = 300;

/**
 * A blob in chunks, each to another replica. After an answer that is missing or that says no, the client asks how far the
 * upload is and goes on there, also when it has to wait for the claim of a replica that went silent. Gives up when the
 * upload is gone or `isOver`.
 */
export async function pushInChunks(
  repository: RepositoryClient,
  blob: Blob,
  { random, isOver }: { readonly random: Random; readonly isOver: () => boolean },
): Promise<void> {
  const ends = cut(blob.bytes.length, random);
  const upload = await OpenUpload.start(repository);
  let offset: number | undefined = upload && 0;
  for (let attempt = 0; upload && offset !== undefined && attempt < ATTEMPTS && !isOver(); attempt += 1) {
    offset = await sendNext(upload, blob, { ends, offset });
  }
}

/** The next chunk, or the end of the upload. How far the upload is then; undefined when there is nothing more to do. */
async function sendNext(
  upload: OpenUpload,
  blob: Blob,
  { ends, offset }: { readonly ends: readonly number[]; readonly offset: number },
): Promise<number | undefined> {
  const end = ends.find((each) => each > offset) ?? blob.bytes.length;
  const { type, answer } = await (end === blob.bytes.length
    ? upload.finish(blob, offset)
    : upload.append(blob, offset, end));
  if (type === 'ok') return answer?.offset; // what has finished the upload has none
  if (type === 'fail' && answer !== undefined && answer.status !== 416) return undefined; // refused, or gone
  const known = await upload.status();
  if (known.answer?.status === 404) return undefined; // also after a lost answer to what had finished it
  await delay(PAUSE_MS);
  return known.answer?.offset ?? offset;
}

/** Where chunks end: up to four of them, the last one at the end of the blob. */
function cut(length: number, random: Random): number[] {
  const count = random.between(1, 4);
  const size = Math.max(LEAST_CHUNK, Math.ceil(length / count));
  const ends: number[] = [];
  for (let end = size; end < length - LEAST_CHUNK; end += size) ends.push(end);
  return [...ends, length];
}
