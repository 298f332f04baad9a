import type { Blob } from '../content/blob.js';
import type { RepositoryClient } from '../client/repository-client.js';
import type { Random } from '../random.js';
import { OpenUpload } from './open-upload.js';

/** POST, then PUT with all the bytes; the same PUT again when its answer is lost (R19). */
export async function pushBlob(repository: RepositoryClient, blob: Blob): Promise<boolean> {
  const upload = await OpenUpload.start(repository);
  if (!upload) return false;
  const { type } = await upload.finish(blob, 0);
  return type === 'info' ? (await upload.finish(blob, 0)).type === 'ok' : type === 'ok';
}

/** As `docker push` does: only what isn't there. False when it could not be made sure. */
export async function ensureBlob(repository: RepositoryClient, blob: Blob): Promise<boolean> {
  const { answer } = await repository.getBlob(blob.digest, 'HEAD');
  return answer?.status === 200 || pushBlob(repository, blob);
}

/** Bytes with the digest of another blob: they must never be found under it. */
export async function pushWrong(repository: RepositoryClient, blob: Blob, claimed: Blob): Promise<void> {
  const upload = await OpenUpload.start(repository);
  await upload?.finish(blob, 0, claimed);
}

/** A part of a blob, and then nothing more: the session is left to its time to live. */
export async function abandonUpload(repository: RepositoryClient, blob: Blob): Promise<void> {
  const upload = await OpenUpload.start(repository);
  await upload?.append(blob, 0, Math.ceil(blob.bytes.length / 2));
}

export async function cancelUpload(repository: RepositoryClient, blob: Blob): Promise<void> {
  const upload = await OpenUpload.start(repository);
  await upload?.append(blob, 0, Math.ceil(blob.bytes.length / 2));
  await upload?.cancel();
}

/** Two writers at one offset, of which one wins (I11); then what is missing. */
export async function raceAppends(repository: RepositoryClient, blob: Blob, random: Random): Promise<void> {
  const upload = await OpenUpload.start(repository);
  if (!upload) return;
  const half = Math.ceil(blob.bytes.length / 2);
  const third = Math.ceil(blob.bytes.length / 3);
  const ends = random.chance(0.5) ? [half, third] : [half, half];
  await Promise.all(ends.map((end) => upload.append(blob, 0, end)));
  const { answer } = await upload.status();
  if (answer?.offset !== undefined) await upload.finish(blob, answer.offset);
}
