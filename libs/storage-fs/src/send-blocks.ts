import { BLOCK_BYTES, type BlockPair, giveBack, makeBlocks, takeBlocks } from './block-pool.js';

/**
 * What the transfers to clients share evenly. As each keeps what it got when it began, five hundred that all stall hold
 * four times as much, and two blocks of the largest size each would be eighty times as much.
 */
const SHARED_BYTES = 12 * 1024 * 1024;
/** The same for transfers whose clients have been seen to read: many at once are faster with larger blocks. */
const PROVEN_SHARED_BYTES = 64 * 1024 * 1024;
const SMALLEST_BYTES = 16 * 1024;
/** More than the buffers of a connection hold by themselves while their client reads nothing. */
const PROOF_BYTES = 16 * 1024 * 1024;

let transfers = 0;

/** The memory of one transfer: two blocks of the same size that take turns. */
export interface SendBlocks {
  readonly pair: BlockPair;
  readonly blockBytes: number;
  readonly isProven: boolean;
}

/** Large blocks while there are few transfers, smaller ones for those that begin when there are many. */
export function takeSendBlocks(): SendBlocks {
  transfers += 1;
  return makeSendBlocks(blockBytesFor(transfers), false);
}

/** Whether a transfer that has sent so much may ask for its proven share. */
export function isProof(sentBytes: number, { isProven }: SendBlocks): boolean {
  return !isProven && sentBytes >= PROOF_BYTES;
}

/** Larger blocks, where there is room for them, for a transfer whose blocks are both idle. */
export function growSendBlocks(blocks: SendBlocks): SendBlocks {
  const blockBytes = blockBytesFor(transfers, PROVEN_SHARED_BYTES);
  return blockBytes > blocks.blockBytes ? makeSendBlocks(blockBytes, true) : { ...blocks, isProven: true };
}

/** `reusable`: nobody reads or writes them any more, as after a transfer that came to its end. */
export function returnSendBlocks({ pair, blockBytes }: SendBlocks, { reusable }: { readonly reusable: boolean }): void {
  transfers -= 1;
  if (reusable && blockBytes === BLOCK_BYTES) giveBack(pair);
}

/** For each of so many transfers: a power of two, between the smallest and the largest. */
export function blockBytesFor(count: number, sharedBytes = SHARED_BYTES): number {
  let blockBytes = BLOCK_BYTES;
  while (blockBytes > SMALLEST_BYTES && 2 * blockBytes * count > sharedBytes) blockBytes /= 2;
  return blockBytes;
}

function makeSendBlocks(blockBytes: number, isProven: boolean): SendBlocks {
  return { blockBytes, isProven, pair: blockBytes === BLOCK_BYTES ? takeBlocks() : makeBlocks(blockBytes) };
}
