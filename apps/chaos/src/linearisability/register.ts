/** What a register holds: a digest, a mark that something is there, or nothing. */
export type Value = string | null;

/** One operation on one register, as the specification of a register sees it. */
export type Action =
  | { readonly kind: 'write'; readonly value: Value }
  /** To nothing, and only from something: a deletion that was acknowledged. */
  | { readonly kind: 'remove' }
  /** To nothing if it holds this value, else no change: the deletion of what a register may point at. */
  | { readonly kind: 'clear'; readonly value: string }
  | { readonly kind: 'read'; readonly value: Value }
  /** Something is there; what, nobody has said. */
  | { readonly kind: 'present' }
  | { readonly kind: 'not'; readonly value: string };

export interface RegisterOperation {
  readonly action: Action;
  /** Milliseconds on one clock for all. */
  readonly start: number;
  /** Infinity: nobody knows the outcome. It may take effect at any time after its start, or never. */
  readonly end: number;
  /** For the person who reads a violation. */
  readonly label: string;
}

/** The value after the action, or undefined where the register can't answer so in this state. */
export function apply(state: Value, action: Action): Value | undefined {
  switch (action.kind) {
    case 'write':
      return action.value;
    case 'remove':
      return state === null ? undefined : null;
    case 'clear':
      return state === action.value ? null : state;
    case 'read':
      return state === action.value ? state : undefined;
    case 'present':
      return state === null ? undefined : state;
    case 'not':
      return state === action.value ? undefined : state;
  }
}

/** Never changes the register. */
export function isObservation({ kind }: Action): boolean {
  return kind === 'read' || kind === 'present' || kind === 'not';
}

export function describeAction(action: Action): string {
  return 'value' in action ? `${action.kind} ${action.value ?? 'nothing'}` : action.kind;
}
