import { describe, expect, it } from 'vitest';
import {
  blockBytesFor,
  growSendBlocks,
  isProof,
  returnSendBlocks,
  type SendBlocks,
  takeSendBlocks,
} from './send-blocks.js';

const KIB = 1024;
const MIB = 1024 * KIB;

describe('blockBytesFor', () => {
  it.each([
    [1, MIB],
    [6, MIB],
    [7, 512 * KIB],
    [12, 512 * KIB],
    [64, 64 * KIB],
    [500, 16 * KIB],
    [100_000, 16 * KIB],
  ])('is, of %i transfers, %i', (count, expected) => {
    expect(blockBytesFor(count)).toBe(expected);
  });
});

describe('the memory of many transfers at once (5.20)', () => {
  function take(count: number): SendBlocks[] {
    return Array.from({ length: count }, takeSendBlocks);
  }

  it('is large blocks for a few, smaller ones for many, and bounded for any number', () => {
    const taken = take(500);
    expect(taken.slice(0, 6).every(({ blockBytes }) => blockBytes === MIB)).toBe(true);
    const sizes = taken.map(({ blockBytes }) => blockBytes);
    expect(sizes).toEqual(sizes.toSorted((one, other) => other - one));
    expect(sizes.reduce((sum, size) => sum + 2 * size, 0)).toBeLessThan(56 * MIB);
    for (const blocks of taken) {
      expect(blocks.pair.map(({ length }) => length)).toEqual([blocks.blockBytes, blocks.blockBytes]);
      returnSendBlocks(blocks, { reusable: false });
    }
  });

  it('is free again when they are over, however they ended', () => {
    for (let round = 0; round < 50; round += 1) {
      for (const [at, blocks] of take(20).entries()) returnSendBlocks(blocks, { reusable: at % 2 === 0 });
    }
    const [blocks] = take(1) as [SendBlocks];
    expect(blocks.blockBytes).toBe(MIB);
    returnSendBlocks(blocks, { reusable: true });
  });

  it('is more for those whose clients have read on, and bounded for any number of them', () => {
    const taken = take(64);
    const last = taken.at(-1) as SendBlocks;
    expect([last.blockBytes, isProof(16 * MIB - 1, last), isProof(16 * MIB, last)]).toEqual([64 * KIB, false, true]);
    const grown = taken.map((blocks) => growSendBlocks(blocks));
    expect(grown.map(({ blockBytes }) => blockBytes)).toEqual([
      ...Array.from({ length: 6 }, () => MIB),
      ...Array.from({ length: 58 }, () => 512 * KIB),
    ]);
    for (const blocks of grown) {
      expect(isProof(100 * MIB, blocks)).toBe(false);
      expect(blocks.pair.map(({ length }) => length)).toEqual([blocks.blockBytes, blocks.blockBytes]);
    }
    const many = [...grown, ...take(436).map((blocks) => growSendBlocks(blocks))];
    expect(many.reduce((sum, { blockBytes }) => sum + 2 * blockBytes, 0)).toBeLessThan(160 * MIB);
    for (const blocks of many) returnSendBlocks(blocks, { reusable: false });
  });
});
