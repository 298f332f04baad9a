import type { Check } from './checks/check.js';
import type { Operation, Outcome } from './history/operation.js';
import type { Fault } from './nemesis/nemesis.js';

const SHOWN = 5;

/** How often each request had each outcome. */
export function formatCounts(operations: readonly Operation[]): string {
  const counts = new Map<string, Record<Outcome, number>>();
  for (const { f, type } of operations) {
    const count = counts.get(f) ?? { ok: 0, fail: 0, info: 0 };
    count[type] += 1;
    counts.set(f, count);
  }
  const rows = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([f, { ok, fail, info }]) => [f, ok, fail, info]);
  const lines = [['', 'ok', 'fail', 'info'], ...rows].map(([f, ...figures]) =>
    [String(f).padEnd(16), ...figures.map((figure) => String(figure).padStart(8))].join(''),
  );
  return lines.join('\n');
}

/** How often what was harmed, and how long at most until it was healed. */
export function formatFaults(faults: readonly Fault[]): string {
  const kindOf = ({ f, target }: Fault) => `${f}: ${target.replace(/ \d+$/, '')}`;
  const kinds = [...new Set(faults.map(kindOf))].sort();
  const lines = kinds.map((kind) => {
    const same = faults.filter((fault) => kindOf(fault) === kind);
    const longest = Math.max(...same.map(({ tStart, tEnd }) => tEnd - tStart));
    return `${kind.padEnd(34)}${String(same.length).padStart(6)} times, ${seconds(longest)} at most`;
  });
  return lines.join('\n');
}

/** The longest that anybody waited for an answer, and that nobody got one. */
export function formatStalls(operations: readonly Operation[]): string {
  const answered = operations.filter(({ answer }) => answer !== undefined).sort((a, b) => a.tEnd - b.tEnd);
  const waits = answered.map(({ tStart, tEnd }) => tEnd - tStart);
  const gaps = answered.map(({ tEnd }, index) => tEnd - (answered[index - 1]?.tEnd ?? tEnd));
  const longest = (times: readonly number[]) => seconds(times.reduce((most, time) => Math.max(most, time), 0));
  return `longest wait for an answer ${longest(waits)}; longest time without any answer ${longest(gaps)}`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}

/** One line for a check that held; what was wrong below one that did not. */
export function formatCheck({ name, summary, violations }: Check): string {
  if (violations.length === 0) return `ok      ${name} (${summary})`;
  const more = violations.length > SHOWN ? [`… and ${violations.length - SHOWN} more`] : [];
  const lines = [...violations.slice(0, SHOWN), ...more].map((line) => `          ${line}`);
  return [`FAILED  ${name} (${summary})`, ...lines].join('\n');
}

export function closingLine(checks: readonly Check[]): string {
  const failed = checks.filter(({ violations }) => violations.length > 0).length;
  return `${checks.length - failed} passed, ${failed} failed`;
}
