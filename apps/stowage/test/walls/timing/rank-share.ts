/**
 * How often a sample of `a` is greater than one of `b`, ties counted half: 0.5 when nothing tells the two apart, 0 or 1
 * when every sample does (Mann and Whitney's U, divided by the number of pairs). Ranks, not means: one pause of the
 * machine is one sample, however long it was.
 */
export function rankShare(a: readonly number[], b: readonly number[]): number {
  if (a.length === 0 || b.length === 0) throw new Error('there is nothing to compare');
  let wins = 0;
  for (const x of a) for (const y of b) wins += x > y ? 1 : x === y ? 0.5 : 0;
  return wins / (a.length * b.length);
}
