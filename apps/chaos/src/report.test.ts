import { expect, test } from 'vitest';
import { closingLine, formatCheck, formatCounts, formatFaults, formatStalls } from './report.js';
import { A, operation } from './testing/operations.js';

const asked = (at: readonly [number, number], rest = {}) =>
  operation(at, { f: 'get-blob', key: { digest: A }, answer: { status: 200 }, ...rest });
const held = { name: 'it holds', summary: '2 looked at', violations: [] };
const broken = { ...held, violations: Array.from({ length: 8 }, (_, index) => `violation ${index}`) };

test('checks are counted in the last line', () => {
  expect(closingLine([held, broken, held])).toBe('2 passed, 1 failed');
});

test('a check that failed shows some of its violations', () => {
  expect(formatCheck(held)).toBe('ok      it holds (2 looked at)');
  const lines = formatCheck(broken).split('\n');
  expect(lines[0]).toBe('FAILED  it holds (2 looked at)');
  expect(lines.at(-1)?.trim()).toBe('… and 3 more');
});

test('requests are counted by outcome', () => {
  const counts = formatCounts([asked([0, 1]), asked([0, 1]), asked([0, 1], { type: 'info' })]);
  expect(counts.split('\n')[1]?.split(/ +/)).toEqual(['get-blob', '2', '0', '1']);
});

test('the longest wait, and the longest time without an answer', () => {
  const operations = [asked([0, 1_000]), asked([500, 4_000]), asked([3_000, 5_000])];
  expect(formatStalls(operations)).toBe('longest wait for an answer 3.5 s; longest time without any answer 3.0 s');
});

test('faults are counted by kind', () => {
  const kill = { f: 'kill', tStart: 0 };
  const faults = [
    { ...kill, target: 'registry 0', tEnd: 1_000 },
    { ...kill, target: 'registry 2', tEnd: 2_500 },
    { ...kill, target: 'worker', tEnd: 100 },
  ];
  const lines = formatFaults(faults).split('\n');
  expect(lines.map((line) => line.replaceAll(/ +/g, ' '))).toEqual([
    'kill: registry 2 times, 2.5 s at most',
    'kill: worker 1 times, 0.1 s at most',
  ]);
});
