import { expect, test } from 'vitest';
import { parseOptions } from './options.js';

test('options have defaults', () => {
  expect(parseOptions([])).toEqual({ seed: 1, minutes: 1, storage: 'filesystem', isLying: false });
});

test('options are read', () => {
  const args = ['--seed', '42', '--minutes', '0.5', '--storage', 's3', '--lie'];
  expect(parseOptions(args)).toEqual({ seed: 42, minutes: 0.5, storage: 's3', isLying: true });
});

test.each([
  ['--seed', 'x'],
  ['--minutes', '0'],
  ['--minutes', '-1'],
  ['--storage', 'tape'],
  ['--sede', '1'],
])('%s %s is refused', (...args) => {
  expect(() => parseOptions(args)).toThrow(TypeError);
});
