import { expect, it } from 'vitest';
import { formatAge } from './queues';

it.each([
  [0, '0 s'],
  [89.4, '89 s'],
  [90, '2 min'],
  [3_600, '60 min'],
  [5_400, '2 h'],
  [86_400, '24 h'],
  [172_800, '2 days'],
])('tells an age of %d seconds as “%s”', (seconds, text) => {
  expect(formatAge(seconds)).toBe(text);
});
