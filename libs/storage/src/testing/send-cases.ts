import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { ObjectNotFoundError } from '../storage-errors.js';
import { type CurrentHarness, testKey } from './driver-harness.js';
import { RANGES, withRangeObject } from './read-cases.js';
import { BreakingSink, KeepingSink, PausingSink } from './test-sinks.js';
import { patternBytes, sourceOf } from './test-sources.js';

const MIB = 1024 * 1024;

export function sendCases(current: CurrentHarness): void {
  it('sends the whole object, tells its length and leaves the sink open', async () => {
    const { driver } = current();
    const bytes = await withRangeObject(driver);
    const sink = new KeepingSink();
    expect(await driver.sendTo(testKey('a'), sink)).toBe(bytes.length);
    expect(sink.content().equals(bytes)).toBe(true);
    expect(sink.writable).toBe(true);
  });

  it.each(RANGES)('sends a range: $name', async ({ first, last }) => {
    const { driver } = current();
    const bytes = await withRangeObject(driver);
    const sink = new KeepingSink();
    expect(await driver.sendTo(testKey('a'), sink, { range: { first, last } })).toBe(last + 1 - first);
    expect(sink.content().equals(bytes.subarray(first, last + 1))).toBe(true);
  });

  it('sends nothing of an empty object', async () => {
    const { driver } = current();
    await driver.write(testKey('empty'), sourceOf(Buffer.alloc(0)));
    const sink = new KeepingSink();
    expect(await driver.sendTo(testKey('empty'), sink)).toBe(0);
    expect(sink.chunks).toEqual([]);
  });

  it('has written nothing when the object is missing', async () => {
    const sink = new KeepingSink();
    await expect(current().driver.sendTo(testKey('missing'), sink)).rejects.toBeInstanceOf(ObjectNotFoundError);
    expect(sink.chunks).toEqual([]);
  });

  it('waits for a slow sink instead of filling its buffer', async () => {
    const { driver } = current();
    const bytes = patternBytes(64 * MIB);
    await driver.write(testKey('large'), sourceOf(bytes));
    const sink = new PausingSink();
    expect(await driver.sendTo(testKey('large'), sink)).toBe(bytes.length);
    expect(sink.sha256()).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(sink.peakBuffered).toBeLessThanOrEqual(4 * MIB);
  });

  it('rejects with the failure of the sink', async () => {
    const { driver } = current();
    await withRangeObject(driver);
    const failure = new Error('broken pipe');
    const sink = new BreakingSink((_self, done) => done(failure));
    await expect(driver.sendTo(testKey('a'), sink)).rejects.toBe(failure);
  });

  it('rejects when the sink closes without letting go of a chunk', async () => {
    const { driver } = current();
    await withRangeObject(driver);
    const sink = new BreakingSink((self) => self.destroy());
    await expect(driver.sendTo(testKey('a'), sink)).rejects.toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' });
  });

  it('rejects when the sink was closed before', async () => {
    const { driver } = current();
    await withRangeObject(driver);
    const sink = new KeepingSink();
    sink.destroy();
    await expect(driver.sendTo(testKey('a'), sink)).rejects.toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' });
  });

  it('stops when the signal aborts, even if the sink never answers', async () => {
    const { driver } = current();
    await withRangeObject(driver);
    const controller = new AbortController();
    const sink = new BreakingSink(() => controller.abort());
    const sending = driver.sendTo(testKey('a'), sink, { signal: controller.signal });
    await expect(sending).rejects.toMatchObject({ name: 'AbortError' });
  });
}
