import type { ObjectKey } from '@stowage/storage';
import { BLOCK_BYTES, giveBack, takeBlocks } from './block-pool.js';
import type { ObjectTree } from './object-tree.js';

/** Reads one block for nobody but the page cache; resolves with its bytes, 0 at the end of the object or without one. */
export async function readPart(objects: ObjectTree, key: ObjectKey, position: number): Promise<number> {
  const handle = await objects.open(key);
  if (!handle) return 0;
  const blocks = takeBlocks();
  try {
    return (await handle.read(blocks[0], 0, BLOCK_BYTES, position)).bytesRead;
  } finally {
    giveBack(blocks);
    await handle.close();
  }
}
