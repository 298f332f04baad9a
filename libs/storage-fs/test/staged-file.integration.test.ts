import { constants } from 'node:fs';
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { patternBytes } from '@stowage/storage/testing';
import { describe, expect, it } from 'vitest';
import { BLOCK_BYTES, takeBlocks } from '../src/block-pool.js';
import { StagedFile } from '../src/staged-file.js';
import { useTempStore } from '../src/testing/index.js';

const store = useTempStore();

async function stagedFile(): Promise<{ path: string; file: StagedFile }> {
  const path = join(store.folder, 'staged');
  return { path, file: new StagedFile(path, await open(path, constants.O_CREAT | constants.O_RDWR)) };
}

describe('a staged file', () => {
  it('holds whole blocks and what is left over, in order', async () => {
    const { path, file } = await stagedFile();
    const bytes = patternBytes(2 * BLOCK_BYTES + 5);
    const [first, second] = takeBlocks();
    first.set(bytes.subarray(0, BLOCK_BYTES));
    second.set(bytes.subarray(BLOCK_BYTES, 2 * BLOCK_BYTES));
    await file.write(first, 0);
    await file.write(second, BLOCK_BYTES);
    await file.write(bytes.subarray(2 * BLOCK_BYTES), 2 * BLOCK_BYTES);
    await file.sync();
    await file.close();
    expect(bytes.equals(await readFile(path))).toBe(true);
  });

  it('takes a block that no write past the page cache can take', async () => {
    const { path, file } = await stagedFile();
    const unaligned = Buffer.alloc(BLOCK_BYTES + 1).subarray(1);
    unaligned.set(patternBytes(BLOCK_BYTES));
    await file.write(unaligned, 0);
    await file.write(unaligned, BLOCK_BYTES);
    await file.close();
    const content = await readFile(path);
    expect(content).toHaveLength(2 * BLOCK_BYTES);
    expect(content.subarray(BLOCK_BYTES).equals(patternBytes(BLOCK_BYTES))).toBe(true);
  });

  it('still takes a block when its name is gone', async () => {
    const { path, file } = await stagedFile();
    await rename(path, `${path}.moved`);
    const [block] = takeBlocks();
    block.set(patternBytes(BLOCK_BYTES));
    await file.write(block, 0);
    await file.close();
    expect(patternBytes(BLOCK_BYTES).equals(await readFile(`${path}.moved`))).toBe(true);
  });
});
