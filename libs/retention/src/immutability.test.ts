import { describe, expect, it } from 'vitest';
import { ImmutabilityRules } from './immutability.js';
import { describeRule } from './selector.js';

const aRule = (more: object = {}) => ({ repositories: ['**'], tags: ['*'], except: [], ...more });
const holds = (rule: object, repository: string, tag: string) =>
  new ImmutabilityRules([aRule(rule)]).indexFor({ repository, tag }) === 0;

describe('ImmutabilityRules', () => {
  it('counts all selectors of a rule', () => {
    const rule = { repositories: ['app/**', 'web'], tags: ['v*', 'r*'], except: ['v0*', 'r0*'] };
    expect(holds(rule, 'app/a/b', 'v1')).toBe(true);
    expect(holds(rule, 'web', 'r1')).toBe(true);
    expect(holds(rule, 'web', 'x1')).toBe(false);
    expect(holds(rule, 'web/x', 'v1')).toBe(false);
    expect(holds(rule, 'web', 'v0.1')).toBe(false);
    expect(holds(rule, 'web', 'r0')).toBe(false);
  });

  it('tells which rule holds a tag: the first', () => {
    const rules = new ImmutabilityRules([aRule({ tags: ['x'] }), aRule({ tags: ['v*'] }), aRule()]);
    expect(rules.indexFor({ repository: 'a', tag: 'v1' })).toBe(1);
    expect(rules.indexFor({ repository: 'a', tag: 'latest' })).toBe(2);
    expect(rules.ruleFor({ repository: 'a', tag: 'x' })?.tags).toEqual(['x']);
  });

  it('holds no list of referrers: each signature makes it longer', () => {
    const hex = 'a'.repeat(64);
    expect(holds({}, 'a', `sha256-${hex}`)).toBe(false);
    expect(holds({}, 'a', `sha256-${hex}.sig`)).toBe(false);
    expect(holds({}, 'a', `sha256-${hex}-mine`)).toBe(true);
  });

  it('holds nothing without rules', () => {
    expect(new ImmutabilityRules([]).ruleFor({ repository: 'a', tag: 'v1' })).toBeUndefined();
  });
});

describe('describeRule', () => {
  it('says a rule as people do', () => {
    expect(describeRule(aRule({ tags: ['v*', 'r*'], except: ['v0*'], repositories: ['app/**'] }))).toBe(
      'v*, r* except v0*, in app/**',
    );
    expect(describeRule({ tags: ['*'], except: ['latest'] })).toBe('* except latest');
  });
});
