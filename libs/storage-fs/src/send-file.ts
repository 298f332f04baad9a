import { ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { SinkWriter } from '@stowage/storage';
import { BLOCK_BYTES } from './block-writer.js';
import { type OpenObject, readFully } from './open-object.js';

/**
 * Sends an open object in large blocks: while the sink drains one, the next is read. On loopback this moves three
 * times what a read stream with its 64 KiB chunks does. Leaves the handle open.
 */
export async function sendFile(object: OpenObject, sink: Writable, signal: AbortSignal | undefined): Promise<number> {
  const { handle, first, end } = object;
  const nextBlock = blockSource(sink, end - first);
  const writer = new SinkWriter(sink, signal);
  let draining = Promise.resolve();
  try {
    for (let position = first; position < end; ) {
      const block = await readFully(handle, nextBlock(Math.min(BLOCK_BYTES, end - position)), position);
      await draining;
      draining = writer.write(block);
      // Awaited one block later; a failure in between is not an unhandled one.
      draining.catch(() => {});
      position += block.length;
    }
    await draining;
  } finally {
    writer.release();
  }
  return end - first;
}

/**
 * Two buffers in turn where the sink is a connection, which has no use for a chunk once it let go of it. Any other
 * sink (a transform, a test's response) may keep what it was given, so that it gets a buffer of its own each time.
 */
function blockSource(sink: Writable, total: number): (length: number) => Buffer {
  const connection = sink instanceof ServerResponse ? sink.socket : sink;
  if (!(connection instanceof Socket)) return (length) => Buffer.allocUnsafeSlow(length);
  const size = Math.min(BLOCK_BYTES, total);
  const buffers: Buffer[] = [];
  let turn = 0;
  return (length) => {
    turn = 1 - turn;
    const buffer = (buffers[turn] ??= Buffer.allocUnsafeSlow(size));
    return buffer.subarray(0, length);
  };
}
