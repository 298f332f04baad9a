import { type Event, eventsOf } from './events.js';
import { apply, isObservation, type RegisterOperation, type Value } from './register.js';

export type Verdict =
  | { readonly outcome: 'linearisable' }
  /**
   * `violated`: no order explains the answer of `operation`; `states` are what the register can have held when it ended.
   * `undecided`: the search was given up there, and nothing is known.
   */
  | {
      readonly outcome: 'violated' | 'undecided';
      readonly operation: RegisterOperation;
      readonly states: readonly Value[];
    };

const MAX_CONFIGURATIONS = 500_000;
const OPEN = Number.POSITIVE_INFINITY;

/** Where a search stands: before an event, with a value, and with some of the open operations in effect already. */
interface Configuration {
  readonly position: number;
  readonly state: Value;
  /** Open operations in the order of their calls, and whether each has taken effect. */
  readonly open: readonly number[];
  readonly done: ReadonlySet<number>;
}

/**
 * Whether the operations on one register, which holds nothing at first, can be put in an order that respects time and that
 * the register allows (Herlihy and Wing; the search is Lowe's just-in-time one with memory). An operation is made to take
 * effect only when its return, or that of one which needs it, is reached; observations as soon as they hold, which
 * loses nothing because they change nothing.
 */
export function checkRegister(operations: readonly RegisterOperation[]): Verdict {
  return new Search(operations).run();
}

class Search {
  readonly #events: readonly Event[];
  readonly #seen = new Map<string, readonly (readonly number[])[]>();
  #size = 0;
  #furthest = -1;
  #states = new Set<Value>();

  constructor(private readonly operations: readonly RegisterOperation[]) {
    this.#events = eventsOf(operations);
  }

  run(): Verdict {
    const stack: Configuration[] = [{ position: 0, state: null, open: [], done: new Set() }];
    for (let next = stack.pop(); next; next = stack.pop()) {
      const stuck = this.#advance(next);
      if (stuck === undefined) return { outcome: 'linearisable' };
      this.#remember(stuck);
      if (this.#size > MAX_CONFIGURATIONS) return this.#failure('undecided');
      // The likeliest goes on top: certain ones before uncertain ones, and what was called first.
      for (const choice of this.#choices(stuck).reverse()) if (this.#isNew(choice)) stack.push(choice);
    }
    return this.#failure('violated');
  }

  #failure(outcome: 'violated' | 'undecided'): Verdict {
    const event = this.#events[this.#furthest];
    if (!event) throw new Error('a search that fails has stopped at a return');
    return { outcome, operation: this.#operation(event.operation), states: [...this.#states] };
  }

  /** Up to the first return of an operation without effect yet; undefined at the end of the history. */
  #advance({ position, state, open, done }: Configuration): Configuration | undefined {
    const [nowOpen, nowDone] = [[...open], new Set(done)];
    for (let at = position; at < this.#events.length; at += 1) {
      const { kind, operation } = this.#events[at] as Event;
      if (kind === 'call') {
        nowOpen.push(operation);
        if (this.#holds(operation, state)) nowDone.add(operation);
      } else if (nowDone.delete(operation)) {
        nowOpen.splice(nowOpen.indexOf(operation), 1);
      } else {
        return { position: at, state, open: nowOpen, done: nowDone };
      }
    }
    return undefined;
  }

  #holds(operation: number, state: Value): boolean {
    const { action } = this.#operation(operation);
    return isObservation(action) && apply(state, action) !== undefined;
  }

  /** Every open change that may take effect next. */
  #choices({ position, state, open, done }: Configuration): Configuration[] {
    const [certain, uncertain]: [Configuration[], Configuration[]] = [[], []];
    const tried = new Set<string>();
    for (const operation of open) {
      const { action, end } = this.#operation(operation);
      if (done.has(operation) || isObservation(action)) continue;
      const after = apply(state, action);
      if (after === undefined) continue;
      if (end === OPEN) {
        // One that may as well never happen is only of use for its change, and of equals the first one stands for all.
        const same = JSON.stringify(action);
        if (after === state || tried.has(same)) continue;
        tried.add(same);
      }
      const nowDone = new Set(done).add(operation);
      for (const other of open) if (this.#holds(other, after)) nowDone.add(other);
      (end === OPEN ? uncertain : certain).push({ position, state: after, open, done: nowDone });
    }
    return [...certain, ...uncertain];
  }

  /**
   * False when the search has been here, or at the same place with fewer operations of unknown outcome used up: from there
   * it could go wherever it can from here.
   */
  #isNew({ position, state, done }: Configuration): boolean {
    const [certain, spent] = partition(
      [...done].sort((a, b) => a - b),
      (index) => this.#operation(index).end < OPEN,
    );
    const key = `${position} ${state} ${certain.join(' ')}`;
    const known = this.#seen.get(key) ?? [];
    if (known.some((fewer) => isSubset(fewer, spent))) return false;
    this.#seen.set(key, [...known.filter((more) => !isSubset(spent, more)), spent]);
    this.#size += 1;
    return true;
  }

  #remember({ position, state }: Configuration): void {
    if (position > this.#furthest) this.#states = new Set();
    if (position >= this.#furthest) this.#states.add(state);
    this.#furthest = Math.max(position, this.#furthest);
  }

  #operation(index: number): RegisterOperation {
    const operation = this.operations[index];
    if (!operation) throw new RangeError(`no operation ${index}`);
    return operation;
  }
}

function partition<T>(items: readonly T[], isFirst: (item: T) => boolean): [T[], T[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}

function isSubset(some: readonly number[], all: readonly number[]): boolean {
  return some.every((each) => all.includes(each));
}
