import { ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { SinkWriter } from '@stowage/storage';
import { BLOCK_BYTES } from './block-pool.js';
import { type OpenObject, readFully } from './open-object.js';
import { growSendBlocks, isProof, returnSendBlocks, type SendBlocks, takeSendBlocks } from './send-blocks.js';

/**
 * Sends an open object in large blocks: while the sink drains one, the next is read. On loopback this moves three
 * times what a read stream with its 64 KiB chunks does. Leaves the handle open.
 */
export async function sendFile(object: OpenObject, sink: Writable, signal: AbortSignal | undefined): Promise<number> {
  const { first, end } = object;
  let blocks = first < end && letsGoOfChunks(sink) ? takeSendBlocks() : undefined;
  const source = blocks ? object : { handle: object.handle };
  const writer = new SinkWriter(sink, signal);
  let draining = Promise.resolve();
  let isOver = false;
  try {
    for (let position = first, turn = 0; position < end; turn = 1 - turn) {
      if (blocks && isProof(position - first, blocks)) {
        await draining;
        blocks = growSendBlocks(blocks);
      }
      const length = Math.min(blocks?.blockBytes ?? BLOCK_BYTES, end - position);
      const block = await readBlock(source, blockOf(blocks, turn, length), position);
      await draining;
      draining = writer.write(block);
      // Awaited one block later; a failure in between is not an unhandled one.
      draining.catch(() => {});
      position += length;
    }
    await draining;
    isOver = true;
  } finally {
    if (blocks) returnSendBlocks(blocks, { reusable: isOver });
    writer.release();
  }
  return end - first;
}

/** Whole blocks past the page cache where that is wanted. Only the blocks of a pair lie as such a read needs them. */
async function readBlock(
  { handle, direct }: Pick<OpenObject, 'handle' | 'direct'>,
  block: Buffer,
  position: number,
): Promise<Buffer> {
  const { length } = block;
  if (direct && isWholeBlock(length) && position % length === 0) {
    const read = await direct.read(block, 0, length, position).catch(() => undefined);
    if (read?.bytesRead === length) return block;
  }
  return readFully(handle, block, position);
}

/** What a read past the page cache takes: pages of memory and of the disk. All sizes of blocks are powers of two. */
function isWholeBlock(length: number): boolean {
  return length >= 4096 && (length & (length - 1)) === 0;
}

/**
 * A connection has no use for a chunk once it let go of it, so that two blocks take turns. Any other sink (a
 * transform, a test's response) may keep what it was given, and gets memory of its own each time.
 */
function letsGoOfChunks(sink: Writable): boolean {
  return (sink instanceof ServerResponse ? sink.socket : sink) instanceof Socket;
}

function blockOf(blocks: SendBlocks | undefined, turn: number, length: number): Buffer {
  return blocks?.pair[turn]?.subarray(0, length) ?? Buffer.allocUnsafeSlow(length);
}
