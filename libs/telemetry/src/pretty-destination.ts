import type { LogDestination } from './logger.js';

const COLOURS: Readonly<Record<string, string>> = {
  debug: '\u001B[2m',
  info: '\u001B[32m',
  warn: '\u001B[33m',
  error: '\u001B[31m',
};
const RESET = '\u001B[0m';

/**
 * Turns JSON lines into lines for a person: `10:20:30 INFO  PostgreSQL is ready pid=42`. Values stay JSON, so that a
 * line break or an escape sequence that came from outside can't forge a line. Only our own stack traces get lines.
 */
export function createPrettyDestination(target: LogDestination, isColoured: boolean): LogDestination {
  return { write: (line) => target.write(prettyLine(line, isColoured)) };
}

function prettyLine(line: string, isColoured: boolean): string {
  const { time, level, msg, err, ...fields } = JSON.parse(line) as Record<string, unknown>;
  const label = String(level).toUpperCase().padEnd(5);
  const shown = isColoured ? `${COLOURS[String(level)] ?? ''}${label}${RESET}` : label;
  const rest = Object.entries(fields).map(([name, value]) => ` ${printable(name)}=${printable(value)}`);
  return `${String(time).slice(11, 19)} ${shown} ${printable(msg)}${rest.join('')}${errorText(err)}\n`;
}

function errorText(err: unknown): string {
  if (err === undefined) return '';
  const { stack, ...facts } = err as Record<string, unknown>;
  if (typeof stack !== 'string') return ` err=${printable(err)}`;
  const lines = stack.split('\n').map((line) => `\n    ${printable(line)}`);
  return ` err=${printable(facts['message'])}${lines.join('')}`;
}

function printable(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value) ?? 'undefined';
  // JSON leaves the second set of control characters alone; some terminals act on them.
  const text = JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"');
  return text.replaceAll(/[\u007F-\u009F\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
