import type { TrustRuleTest } from '@stowage/contracts';

/** The answer in one sentence. */
export function verdictOf({ problem, rules }: TrustRuleTest): { color: 'green' | 'red'; text: string } {
  if (problem !== null) return { color: 'red', text: `This job would be refused: ${problem}.` };
  const fitting = rules.filter(({ mismatches }) => mismatches.length === 0).map(({ name }) => name);
  if (fitting.length === 0) return { color: 'red', text: 'This job would be refused: no rule fits its token.' };
  if (fitting.length === 1) return { color: 'green', text: `This job would be let in by the rule ${fitting[0]}.` };
  const names = `${fitting.slice(0, -1).join(', ')} and ${fitting.at(-1)}`;
  return { color: 'green', text: `This job would be let in by the rules ${names}; the one that allows most counts.` };
}
