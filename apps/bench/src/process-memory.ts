import { readdirSync, readFileSync } from 'node:fs';

const INTERVAL_MS = 100;
const KIB = 1024;

export interface PeakMemory {
  /** Resident bytes of the process itself. */
  readonly own: number;
  /** Resident bytes of everything it started; pages that several of them share count once. */
  readonly children: number;
}

/** Watches a process and what it started until `stop`. */
export function watchMemory(pid: number): { stop(): PeakMemory } {
  let own = 0;
  let children = 0;
  const sample = () => {
    own = Math.max(own, residentBytes(pid));
    children = Math.max(children, sum(descendantsOf(pid).map(proportionalBytes)));
  };
  sample();
  const timer = setInterval(sample, INTERVAL_MS);
  return {
    stop: () => {
      clearInterval(timer);
      sample();
      return { own, children };
    },
  };
}

/** Processes that descend from `pid`, at whatever depth. */
export function descendantsOf(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (/^\d+$/.test(name)) parents.set(Number(name), parentOf(name));
  }
  const family = new Set([pid]);
  // Children may come before their parents in the listing: repeat until nobody joins.
  for (let size = 0; size !== family.size; ) {
    size = family.size;
    for (const [child, parent] of parents) if (family.has(parent)) family.add(child);
  }
  family.delete(pid);
  return [...family];
}

function parentOf(pid: string): number {
  // The command in parentheses may hold anything; the state and the parent follow its last one.
  return Number(/^.*\) \S (\d+) /s.exec(procFile(pid, 'stat'))?.[1] ?? 0);
}

function residentBytes(pid: number): number {
  return kibibytes(procFile(String(pid), 'status'), 'VmRSS');
}

function proportionalBytes(pid: number): number {
  return kibibytes(procFile(String(pid), 'smaps_rollup'), 'Pss') || residentBytes(pid);
}

function kibibytes(text: string, field: string): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) * KIB;
}

/** Empty when the process has gone, or belongs to somebody else. */
function procFile(pid: string, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
