import type { Readable } from 'node:stream';
import type { CallOptions } from '@stowage/storage';
import type { Bucket } from './bucket.js';
import { fill } from './fill.js';
import { LazyMultipart } from './lazy-multipart.js';
import type { PartBuffers } from './part-buffers.js';
import { PartWriter } from './part-writer.js';

interface Target {
  readonly bucket: Bucket;
  readonly buffers: PartBuffers;
  readonly path: string;
}

/** Writes a source straight under its path: in one request when it fits in a part, else in parts. */
export async function writeObject(target: Target, source: Readable, options: CallOptions | undefined): Promise<void> {
  const parts = new LazyMultipart(target.bucket, target.path);
  const writer = new PartWriter(parts, target.buffers, 0);
  try {
    const interruption = await fill(writer, source, options);
    if (interruption) throw interruption.cause;
    const { tags, tail } = await writer.finish();
    if (tags.length === 0) return await target.bucket.put(target.path, tail);
    const last = tail.length > 0 ? [await parts.upload(tags.length + 1, tail)] : [];
    await (await parts.begin()).complete([...tags, ...last]);
  } catch (cause) {
    await writer.finish().catch(() => undefined);
    // @NOTE what can't be freed now is listed as an upload and goes with the next sweep; the first failure counts.
    await parts.abort().catch(() => undefined);
    throw cause;
  } finally {
    await writer.release();
  }
}
