import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { makeRandomBlob } from './random-blob.js';

it.each([1, 15, 16, 17, 3_000_000])('makes a blob of %d bytes that has the digest it tells', (size) => {
  const blob = makeRandomBlob(size);
  const content = Buffer.concat([...blob.chunks()]);
  expect(content).toHaveLength(size);
  expect(blob.digest).toBe(`sha256:${createHash('sha256').update(content).digest('hex')}`);
});

it('makes other bytes each time', () => {
  expect(makeRandomBlob(100).digest).not.toBe(makeRandomBlob(100).digest);
});
