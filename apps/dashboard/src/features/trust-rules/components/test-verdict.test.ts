import type { TrustRuleTest } from '@stowage/contracts';
import { expect, it } from 'vitest';
import { verdictOf } from './test-verdict';

const rule = (name: string, fits: boolean): TrustRuleTest['rules'][number] => ({
  id: '00000000-0000-4000-8000-000000000000',
  name,
  mismatches: fits ? [] : [{ claim: 'ref', expected: 'a', actual: 'b' }],
});
const test = (problem: string | null, ...rules: TrustRuleTest['rules']): TrustRuleTest => ({
  problem,
  claims: {},
  rules,
});

it.each<[TrustRuleTest, string, RegExp]>([
  [test('the token has expired', rule('a', true)), 'red', /refused: the token has expired\.$/],
  [test(null, rule('a', false)), 'red', /no rule fits/],
  [test(null, rule('a', false), rule('b', true)), 'green', /by the rule b\.$/],
  [test(null, rule('a', true), rule('b', true), rule('c', true)), 'green', /by the rules a, b and c;/],
])('says what would happen %#', (result, color, text) => {
  expect(verdictOf(result)).toEqual({ color, text: expect.stringMatching(text) });
});
