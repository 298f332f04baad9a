import { rankShare } from './rank-share.js';

export interface Compared {
  /** What is asked about something that is there, and about something that is not; numbered, for those who limit. */
  readonly there: (round: number) => Promise<unknown>;
  readonly missing: (round: number) => Promise<unknown>;
}

export interface Sampling {
  /** Of each kind in one sample. */
  readonly rounds: number;
  /** Samples that are taken before a difference is believed. */
  readonly attempts: number;
  /** How far the share of pairs may be from one half. */
  readonly bound: number;
}

/**
 * With 60 rounds, chance alone moves the share by 0.05 in one direction or the other. The bound is six times as much, and
 * what is over it has to be so in every sample: a machine with other things to do passes, a password hash never does.
 */
const SAMPLING: Sampling = { rounds: 60, attempts: 3, bound: 0.3 };

/**
 * The rank share nearest to one half that was met, in samples whose requests take turns, so that both kinds meet the
 * same machine. `tells` is true when an outsider could tell the two apart by it.
 */
export async function compareTimes(
  compared: Compared,
  { rounds, attempts, bound }: Sampling = SAMPLING,
): Promise<{ tells: boolean; share: number }> {
  let nearest = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < attempts && Math.abs(nearest - 0.5) > bound; attempt += 1) {
    const { there, missing } = await sample(compared, { first: attempt * rounds, rounds });
    const share = rankShare(there, missing);
    if (Math.abs(share - 0.5) < Math.abs(nearest - 0.5)) nearest = share;
  }
  return { tells: Math.abs(nearest - 0.5) > bound, share: nearest };
}

async function sample({ there, missing }: Compared, { first, rounds }: { first: number; rounds: number }) {
  const times = { there: [] as number[], missing: [] as number[] };
  for (let round = first; round < first + rounds; round += 1) {
    // Who is asked second may find what the first has left in a cache: each is as often as the other.
    if (round % 2 === 0) times.there.push(await timed(there, round));
    times.missing.push(await timed(missing, round));
    if (round % 2 === 1) times.there.push(await timed(there, round));
  }
  return times;
}

async function timed(ask: (round: number) => Promise<unknown>, round: number): Promise<number> {
  const startedAt = process.hrtime.bigint();
  await ask(round);
  return Number(process.hrtime.bigint() - startedAt);
}
