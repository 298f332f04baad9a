import type { ConfigProblem } from './config-error.js';
import { listVariables } from './variable-list.js';

const OURS = /^STOWAGE_/;
/** Not for the product but for what is started with the same environment: tests, tools, a client with its token. */
const RESERVED = /^STOWAGE_((TEST|E2E|BENCH|DEV)_|TOKEN$)/;

/**
 * A misspelt variable would silently leave the default in place: that is refused, with the name that was probably
 * meant. Variables of other processes of the product are known here too, because they often share one environment.
 */
export function findUnknownVariables(names: readonly string[]): ConfigProblem[] {
  const known = listVariables().flatMap(({ name, isSecret }) => (isSecret ? [name, `${name}_FILE`] : [name]));
  const unknown = names.filter((name) => OURS.test(name) && !RESERVED.test(name) && !known.includes(name));
  return unknown.map((name) => {
    const meant = findNearest(name, known);
    const advice = meant ? `did you mean ${meant}?` : 'the README lists the variables';
    return { variable: name, message: `${name} is not a variable of Stowage: ${advice}` };
  });
}

function findNearest(name: string, candidates: readonly string[]): string | undefined {
  const longest = name.length / 3;
  return candidates
    .map((candidate) => ({ candidate, distance: editDistance(name, candidate) }))
    .filter(({ distance }) => distance <= longest)
    .toSorted((one, other) => one.distance - other.distance)[0]?.candidate;
}

/** Levenshtein: how many letters to insert, delete or replace. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
