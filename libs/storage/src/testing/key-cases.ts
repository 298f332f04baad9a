import { expect, it } from 'vitest';
import { parseObjectKey } from '../object-keys.js';
import type { CurrentHarness } from './driver-harness.js';
import { contentOf, patternBytes, sourceOf } from './test-sources.js';

const BAD_KEYS = [
  '',
  '/',
  '/blobs/a',
  'blobs/',
  'blobs//a',
  '..',
  'blobs/../a',
  './a',
  'blobs/a\0b',
  'a\\b',
  'A',
  'a b',
];

export function keyCases(current: CurrentHarness): void {
  it.each(BAD_KEYS)('refuses %j as a key', (text) => {
    expect(() => parseObjectKey(text)).toThrow(TypeError);
  });

  it('refuses a key longer than 500 characters', () => {
    expect(() => parseObjectKey('a'.repeat(501))).toThrow(TypeError);
  });

  it('accepts a key of 500 characters and every separator', async () => {
    const { driver } = current();
    const key = parseObjectKey(`blobs/a.b-c_d/${'e'.repeat(200)}/${'f'.repeat(200)}/${'g'.repeat(84)}`);
    expect(key).toHaveLength(500);
    await driver.write(key, sourceOf(patternBytes(10)));
    expect(await contentOf(await driver.read(key))).toEqual(patternBytes(10));
  });
}
