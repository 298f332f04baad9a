import { describe, expect, it } from 'vitest';
import { newRunningDigest, RunningDigests } from './running-digests.js';

const digestAt = (offset: number) => ({ ...newRunningDigest('sha256'), offset });

describe('RunningDigests', () => {
  it('gives back the hash of exactly that many bytes, once', () => {
    const digests = new RunningDigests(10);
    const digest = digestAt(5);
    digests.keep('a', digest);
    expect(digests.take('b', 5)).toBeUndefined();
    expect(digests.take('a', 5)).toBe(digest);
    expect(digests.take('a', 5)).toBeUndefined();
  });

  it('never gives the hash of other bytes: what another process appended has to be read again (R7)', () => {
    const digests = new RunningDigests(10);
    digests.keep('a', digestAt(5));
    expect(digests.take('a', 6)).toBeUndefined();
    expect(digests.take('a', 5)).toBeUndefined();
  });

  it('begins a new one at the start of an upload', () => {
    expect(new RunningDigests(10).take('a', 0)).toMatchObject({ algorithm: 'sha256', offset: 0 });
  });

  it('forgets the oldest when there are too many', () => {
    const digests = new RunningDigests(2);
    for (const id of ['a', 'b', 'c']) digests.keep(id, digestAt(1));
    expect(['a', 'b', 'c'].map((id) => digests.take(id, 1) !== undefined)).toEqual([false, true, true]);
  });
});
