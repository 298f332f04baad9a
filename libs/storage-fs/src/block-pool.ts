export const BLOCK_BYTES = 1024 * 1024;

const MAX_IDLE = 16;

/** Two blocks that take turns: one fills while the other is on its way. */
export type BlockPair = readonly [Buffer, Buffer];

const idle: BlockPair[] = [];

/** Blocks start on a page of memory, which is what writes past the page cache need. */
export function takeBlocks(): BlockPair {
  return idle.pop() ?? makeBlocks(BLOCK_BYTES);
}

/** For another transfer. Only blocks that nobody reads or writes any more: those of a failed transfer go to the collector. */
export function giveBack(blocks: BlockPair | undefined): void {
  if (blocks && idle.length < MAX_IDLE) idle.push(blocks);
}

/** Only a resizable buffer is reserved in whole pages by V8; any other starts wherever malloc had room. */
export function makeBlocks(blockBytes: number): BlockPair {
  const buffer = new ArrayBuffer(2 * blockBytes, { maxByteLength: 2 * blockBytes });
  return [Buffer.from(buffer, 0, blockBytes), Buffer.from(buffer, blockBytes, blockBytes)];
}
