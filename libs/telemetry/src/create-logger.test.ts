import { expect, test } from 'vitest';
import { createLogger } from './create-logger.js';
import type { LogFormat, LogLevel } from './logger.js';

function aLogger({ level = 'info' as LogLevel, format = 'json' as LogFormat } = {}) {
  const lines: string[] = [];
  const logger = createLogger({ level, format, destination: { write: (line) => lines.push(line) } });
  return { logger, lines, last: () => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown> };
}

test('writes one JSON object a line, with the level as a word and the time in UTC', () => {
  const { logger, lines, last } = aLogger();
  logger.info({ repository: 'acme/app' }, 'manifest stored');
  expect(last()).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    repository: 'acme/app',
    msg: 'manifest stored',
  });
  logger.info({ name: 'a\r\nlevel=error forged' }, 'b\r\nforged');
  expect(lines).toHaveLength(2);
  for (const line of lines) expect(line.trimEnd()).not.toMatch(/[\r\n]/);
});

test('writes from its level on', () => {
  const { logger, lines } = aLogger({ level: 'warn' });
  logger.debug({}, 'no');
  logger.info({}, 'no');
  logger.warn({}, 'yes');
  logger.error({}, 'yes');
  expect(lines).toHaveLength(2);
  const silent = aLogger({ level: 'silent' });
  silent.logger.error({}, 'no');
  expect(silent.lines).toEqual([]);
});

test('adds the fields of a child to its lines, without their secrets', () => {
  const { logger, last } = aLogger();
  logger.child({ requestId: 'r-1', cookie: 'session=1' }).child({ part: 'gc' }).info({ n: 1 }, 'done');
  expect(last()).toMatchObject({ requestId: 'r-1', cookie: '[redacted]', part: 'gc', n: 1 });
});

test('writes an error with its stack, its cause and its facts, without their secrets', () => {
  const { logger, last } = aLogger();
  const cause = new Error('connect postgresql://stowage:hunter2@db/stowage');
  const err = Object.assign(new TypeError('failed', { cause }), {
    code: 'X1',
    headers: { Authorization: 'Basic abc' },
  });
  logger.error({ err }, 'request failed');
  expect(last()['err']).toMatchObject({
    type: 'TypeError',
    message: expect.stringContaining('failed'),
    stack: expect.stringContaining('create-logger.test'),
    code: 'X1',
    headers: { Authorization: '[redacted]' },
  });
  expect(JSON.stringify(last())).not.toContain('hunter2');
});

test('writes for a person in one line, which nothing from outside can break', () => {
  const { logger, lines } = aLogger({ format: 'pretty' });
  logger.warn({ path: '/v2/\u001B[2J\n\u009B', n: 3 }, 'odd "name"');
  expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d WARN {2}odd "name" path=\/v2\/\\u001b\[2J\\n\\u009b n=3\n$/);
  logger.error({ err: new Error('no') }, 'failed');
  expect(lines[1]).toMatch(/^\d\d:\d\d:\d\d ERROR failed err=no\n {4}Error: no\n {4} {4}at /);
});
