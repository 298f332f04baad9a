import { describe, expect, it } from 'vitest';
import { type RuleFormValues, toCreateRule, validateRule } from './rule-values';

const values = (more: Partial<RuleFormValues> = {}): RuleFormValues => ({
  preset: 'github',
  name: ' release ',
  issuer: 'https://token.actions.githubusercontent.com',
  audience: 'https://cr.example.com',
  claims: [{ claim: 'repository', pattern: ' octo-org/app ' }],
  grants: [{ path: 'app', actions: ['push', 'pull'] }],
  ...more,
});

describe('a trust rule in the form', () => {
  it('becomes what the API takes', () => {
    expect(toCreateRule('acme', values())).toEqual({
      name: 'release',
      issuer: 'https://token.actions.githubusercontent.com',
      audience: 'https://cr.example.com',
      claims: { repository: 'octo-org/app' },
      grants: [{ repository: 'acme/app', actions: ['pull', 'push'] }],
    });
    expect(Object.values(validateRule('acme', values())).filter(Boolean)).toEqual([]);
  });

  it.each<[string, Partial<RuleFormValues>, string, RegExp]>([
    ['no name', { name: '' }, 'name', /give it a name/i],
    ['a name with spaces', { name: 'a b' }, 'name', /lower-case/i],
    ['no audience', { audience: '' }, 'audience', /audience/i],
    ['an empty claim', { claims: [{ claim: 'repository', pattern: '' }] }, 'claims', /^Say what repository has to be/],
    [
      'a claim twice',
      { claims: ['a/b', 'c/d'].map((pattern) => ({ claim: 'repository', pattern })) },
      'claims',
      /there twice/,
    ],
    ['everybody on GitHub', { claims: [{ claim: 'ref', pattern: 'refs/heads/main' }] }, 'claims', /name the owner/],
    ['no grant', { grants: [] }, 'grants', /Add at least one/],
  ])('says what is wrong with %s', (_, more, field, message) => {
    expect(validateRule('acme', values(more))[field]).toMatch(message);
  });
});
