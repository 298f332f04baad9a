import type { Claim } from './review-queue.js';

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

export type Verdicts = readonly { readonly claim: Claim; readonly verdict: Verdict }[];

interface Named {
  readonly repositoryId?: string;
  readonly digest: string;
}

/** What was found out about the things that claims are about. */
interface Findings {
  /** Claims that still hold. */
  readonly held: readonly Named[];
  /** What could be locked. */
  readonly locked: readonly Named[];
  readonly collected: readonly Named[];
  /** What is there at the end. */
  readonly there: readonly Named[];
}

export interface Sorted {
  readonly verdicts: Verdicts;
  /** To be returned to the queue. */
  readonly busy: readonly Claim[];
  /** To be taken off the queue. */
  readonly done: readonly Claim[];
}

export function keyOf({ repositoryId, digest }: Named): string {
  return `${repositoryId ?? ''} ${digest}`;
}

export function sortOut(claims: readonly Claim[], findings: Findings): Sorted {
  const keys = (list: readonly Named[]) => new Set(list.map(keyOf));
  const [held, locked] = [keys(findings.held), keys(findings.locked)];
  const [collected, there] = [keys(findings.collected), keys(findings.there)];
  const judge = (key: string): Verdict => {
    if (!held.has(key)) return 'postponed';
    if (collected.has(key)) return 'collected';
    if (!there.has(key)) return 'gone';
    return locked.has(key) ? 'kept' : 'busy';
  };
  const verdicts = claims.map((claim) => ({ claim, verdict: judge(keyOf(claim)) }));
  const having = (...wanted: readonly Verdict[]) =>
    verdicts.filter(({ verdict }) => wanted.includes(verdict)).map(({ claim }) => claim);
  return { verdicts, busy: having('busy'), done: having('collected', 'kept', 'gone') };
}
