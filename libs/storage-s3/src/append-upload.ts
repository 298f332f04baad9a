import type { Readable } from 'node:stream';
import { failPoint } from '@stowage/failpoints';
import { type AppendOptions, UploadInterruptedError, type UploadState } from '@stowage/storage';
import type { Bucket } from './bucket.js';
import { fill } from './fill.js';
import { bulkSize, openMark, type OpenMark, writeMark } from './marks.js';
import type { PartBuffers } from './part-buffers.js';
import { PartWriter } from './part-writer.js';
import { continueParts, type StagedParts } from './staged-parts.js';
import { markPath } from './staging-paths.js';

interface Target {
  readonly bucket: Bucket;
  readonly buffers: PartBuffers;
  readonly state: UploadState;
}

/** `StorageDriver.appendUpload`: full parts go to the multipart upload, what is left over into the mark of the new state. */
export async function appendUpload(
  target: Target,
  source: Readable,
  options: AppendOptions | undefined,
): Promise<UploadState> {
  const mark = await openMark(target.bucket, target.state);
  const parts = await continueParts(target.bucket, mark);
  const writer = new PartWriter(parts, target.buffers, bulkSize(mark.state));
  try {
    await writer.push(mark.tail);
    const interruption = await fill(writer, source, options);
    const reached = await settle(target.bucket, mark, { parts, writer });
    if (interruption) throw new UploadInterruptedError(reached, interruption);
    return reached;
  } finally {
    await writer.release();
  }
}

interface Appended {
  readonly parts: StagedParts;
  readonly writer: PartWriter;
}

/** Makes durable what was written, and names it. */
async function settle(bucket: Bucket, before: OpenMark, { parts, writer }: Appended): Promise<UploadState> {
  try {
    const { tags, tail, offset } = await writer.finish();
    const state = { token: before.state.token, offset };
    if (offset === before.state.offset) {
      await parts.abandon();
      return state;
    }
    await failPoint('K1');
    await writeMark(bucket, { state, bulk: await parts.noteWith(tags), previous: before.state.offset, tail });
    await forget(bucket, before);
    return state;
  } catch (cause) {
    // @NOTE what can't be freed now goes with the upload; the first failure counts.
    await parts.abandon().catch(() => undefined);
    throw cause;
  }
}

/**
 * The state that was appended to stays until the caller has saved the new one; the one before it is certainly
 * not the caller's any more.
 */
async function forget(bucket: Bucket, { state, previous }: OpenMark): Promise<void> {
  if (previous === undefined) return;
  // @NOTE a mark too many takes space and does nothing else; it goes with the upload.
  await bucket.remove(markPath({ token: state.token, offset: previous })).catch(() => undefined);
}
