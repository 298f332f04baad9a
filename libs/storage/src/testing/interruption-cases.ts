import { expect, it } from 'vitest';
import type { StorageDriver, UploadState } from '../storage-driver.js';
import { UploadInterruptedError } from '../storage-errors.js';
import { allOf, type CurrentHarness, stagedUpload, testKey } from './driver-harness.js';
import { contentOf, failingSource, patternBytes, sourceOf, stalledSource } from './test-sources.js';

const MIB = 1024 * 1024;
const BYTES = patternBytes(8 * MIB + 5);
const ARRIVED = 6 * MIB + 3;

async function interruption(appending: Promise<UploadState>): Promise<UploadInterruptedError> {
  const outcome: unknown = await appending.catch((error: unknown) => error);
  expect(outcome).toBeInstanceOf(UploadInterruptedError);
  return outcome as UploadInterruptedError;
}

async function expectContinues(driver: StorageDriver, state: UploadState): Promise<void> {
  expect(state.offset).toBeGreaterThanOrEqual(0);
  expect(state.offset).toBeLessThanOrEqual(ARRIVED);
  const staged = await contentOf(await driver.readUpload(state));
  expect(staged.equals(BYTES.subarray(0, state.offset))).toBe(true);
  const complete = await driver.appendUpload(state, sourceOf(BYTES.subarray(state.offset)));
  await driver.commitUpload(complete, testKey('a'));
  expect(BYTES.equals(await contentOf(await driver.read(testKey('a'))))).toBe(true);
}

export function interruptionCases(current: CurrentHarness): void {
  it('tells what is durable when the source fails, and continues from there', async () => {
    const { driver } = current();
    const failure = new Error('connection reset');
    const source = failingSource(BYTES.subarray(0, ARRIVED), failure);
    const error = await interruption(driver.appendUpload(await driver.beginUpload(), source));
    expect(error.cause).toBe(failure);
    await expectContinues(driver, error.state);
  });

  it('tells what is durable when the signal aborts, and continues from there', async () => {
    const { driver } = current();
    const controller = new AbortController();
    const stalled = stalledSource(BYTES.subarray(0, ARRIVED));
    const options = { signal: controller.signal };
    const appending = driver.appendUpload(await driver.beginUpload(), stalled.source, options);
    await stalled.reached;
    controller.abort();
    const error = await interruption(appending);
    expect(stalled.source.destroyed).toBe(true);
    await expectContinues(driver, error.state);
  });

  it('is interrupted by a source that is destroyed without an error', async () => {
    const { driver } = current();
    const stalled = stalledSource(BYTES.subarray(0, ARRIVED));
    const appending = driver.appendUpload(await driver.beginUpload(), stalled.source);
    await stalled.reached;
    stalled.source.destroy();
    await expectContinues(driver, (await interruption(appending)).state);
  });

  it('is interrupted at once by a signal that has aborted', async () => {
    const { driver } = current();
    const begun = await stagedUpload(driver, BYTES.subarray(0, 1000));
    const appending = driver.appendUpload(begun, sourceOf(BYTES), { signal: AbortSignal.abort() });
    expect((await interruption(appending)).state).toEqual(begun);
  });

  it('keeps what former appends staged when a later one is interrupted', async () => {
    const { driver } = current();
    const begun = await stagedUpload(driver, BYTES.subarray(0, 6 * MIB));
    const error = await interruption(driver.appendUpload(begun, failingSource(Buffer.alloc(0), new Error('reset'))));
    expect(error.state.offset).toBe(6 * MIB);
    await expectContinues(driver, error.state);
  });

  it('shows no object while an upload is interrupted', async () => {
    const { driver } = current();
    const source = failingSource(BYTES.subarray(0, ARRIVED), new Error('reset'));
    await interruption(driver.appendUpload(await driver.beginUpload(), source));
    expect(await allOf(driver.list(''))).toEqual([]);
  });
}
