import { BLOCK_BYTES, type BlockPair, giveBack, makeBlocks, takeBlocks } from './block-pool.js';

/** For all transfers to clients together. A reader that stalls keeps its share until it is cut off. */
const BUDGET_BYTES = 40 * 1024 * 1024;
/** However many there are: one more reader costs two of these. */
const SMALLEST_BYTES = 16 * 1024;
/** No transfer gets more than this part of what is left, so that there is always something left for the next one. */
const SHARES = 12;

let takenBytes = 0;

/** The memory of one transfer: two blocks of the same size that take turns. */
export interface SendBlocks {
  readonly pair: BlockPair;
  readonly blockBytes: number;
}

/** The largest blocks, or the smaller ones that the many transfers before this one have left. */
export function takeSendBlocks(): SendBlocks {
  const blockBytes = blockBytesFor(BUDGET_BYTES - takenBytes);
  takenBytes += 2 * blockBytes;
  return { blockBytes, pair: blockBytes === BLOCK_BYTES ? takeBlocks() : makeBlocks(blockBytes) };
}

/** `reusable`: nobody reads or writes them any more, as after a transfer that came to its end. */
export function returnSendBlocks({ pair, blockBytes }: SendBlocks, { reusable }: { readonly reusable: boolean }): void {
  takenBytes -= 2 * blockBytes;
  if (reusable && blockBytes === BLOCK_BYTES) giveBack(pair);
}

/** A power of two, between the smallest and the largest. */
export function blockBytesFor(freeBytes: number): number {
  let blockBytes = BLOCK_BYTES;
  while (blockBytes > SMALLEST_BYTES && freeBytes < 2 * SHARES * blockBytes) blockBytes /= 2;
  return blockBytes;
}
