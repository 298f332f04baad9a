import { expect, test } from 'vitest';
import { parseOptions } from './options.js';

test('options have defaults', () => {
  expect(parseOptions([])).toEqual({ seed: 1, minutes: 1, storage: 'fs' });
});

test('options are read', () => {
  const args = ['--seed', '42', '--minutes', '1.5', '--storage', 's3'];
  expect(parseOptions(args)).toEqual({ seed: 42, minutes: 1.5, storage: 's3' });
});

test.each([
  ['--seed', '-'],
  ['--minutes', '0'],
  ['--minutes', 'x'],
  ['--storage', 'filesystem'],
  ['--lie', '1'],
])('%s %s is refused', (...args) => {
  expect(() => parseOptions(args)).toThrow(TypeError);
});
