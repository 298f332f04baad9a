import { afterEach, beforeEach, describe } from 'vitest';
import { commitCases } from './commit-cases.js';
import type { DriverHarness } from './driver-harness.js';
import { forkCases } from './fork-cases.js';
import { interruptionCases } from './interruption-cases.js';
import { keyCases } from './key-cases.js';
import { listCases } from './list-cases.js';
import { objectCases } from './object-cases.js';
import { outageCases } from './outage-cases.js';
import { readCases } from './read-cases.js';
import { sendCases } from './send-cases.js';
import { uploadCases } from './upload-cases.js';

/** The contract of `StorageDriver` as test cases: every driver runs all of them, none has an exemption. */
export function describeStorageDriver(name: string, open: () => Promise<DriverHarness>): void {
  describe(`${name} as a storage driver`, () => {
    let harness: DriverHarness;
    beforeEach(async () => {
      harness = await open();
    });
    afterEach(() => harness.dispose());

    const current = () => harness;
    describe('keys', () => {
      keyCases(current);
    });
    describe('objects', () => {
      objectCases(current);
    });
    describe('reading', () => {
      readCases(current);
    });
    describe('sending', () => {
      sendCases(current);
    });
    describe('listing', () => {
      listCases(current);
    });
    describe('uploads', () => {
      uploadCases(current);
    });
    describe('interrupted uploads', () => {
      interruptionCases(current);
    });
    describe('taking an upload over', () => {
      forkCases(current);
    });
    describe('publishing an upload', () => {
      commitCases(current);
    });
    describe('an outage', () => {
      outageCases(current);
    });
  });
}
