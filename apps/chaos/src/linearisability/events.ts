import { isObservation, type RegisterOperation } from './register.js';

export interface Event {
  readonly kind: 'call' | 'return';
  /** Index of the operation. */
  readonly operation: number;
}

/**
 * Calls and returns in the order of time. At one moment calls come first: operations that touch are concurrent, which a
 * clock of finite resolution can't tell apart. An observation that nobody got an answer to says nothing and is left out.
 */
export function eventsOf(operations: readonly RegisterOperation[]): Event[] {
  const timed = operations.flatMap((operation, index) => {
    const { start, end, action } = operation;
    const isOpen = end === Number.POSITIVE_INFINITY;
    if (isOpen && isObservation(action)) return [];
    const call = { kind: 'call' as const, operation: index, at: start };
    return isOpen ? [call] : [call, { kind: 'return' as const, operation: index, at: end }];
  });
  const rank = { call: 0, return: 1 };
  return timed.sort((a, b) => a.at - b.at || rank[a.kind] - rank[b.kind] || a.operation - b.operation);
}
