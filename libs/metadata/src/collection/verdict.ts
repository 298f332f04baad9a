/** What came of a look at something that may be garbage. */
export type Verdict =
  /** It was garbage, and is gone. */
  | 'collected'
  /** Something needs it. */
  | 'kept'
  /** It was gone before. */
  | 'gone'
  /** A change that happens just now has it: looked at again soon. */
  | 'busy'
  /** A change has queued it again since it was claimed. */
  | 'postponed';
