import { type RetentionPolicy, retentionPolicySchema } from '@stowage/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ImmutabilityRules } from './immutability.js';
import { type JudgeableTag, judge } from './retention.js';

const NOW = new Date('2026-06-01T12:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);
const aTag = (name: string, more: Partial<JudgeableTag> = {}): JudgeableTag => ({
  name,
  pushedAt: daysAgo(100),
  pulledAt: null,
  inIndex: false,
  ...more,
});
const aPolicy = (rules: object[], more: object = {}): RetentionPolicy =>
  retentionPolicySchema.parse({ rules: rules.map((rule) => ({ tags: ['*'], ...rule })), ...more });
const verdicts = (policy: RetentionPolicy, tags: JudgeableTag[], immutable: string[] = [], repository = 'app') =>
  judge(policy, tags, {
    repository,
    now: NOW,
    immutability: new ImmutabilityRules(
      immutable.length > 0 ? [{ repositories: ['**'], tags: immutable, except: [] }] : [],
    ),
  });
/** The names of the tags that stay. */
const kept = (rules: object[], tags: JudgeableTag[]) =>
  tags.filter((_, at) => verdicts(aPolicy(rules), tags)[at]?.verdict === 'keep').map(({ name }) => name);

describe('a rule', () => {
  it('keeps the newest by push: age is that of the push of the tag', () => {
    const tags = [aTag('a', { pushedAt: daysAgo(3) }), aTag('b', { pushedAt: daysAgo(1) }), aTag('c')];
    expect(kept([{ keep: { kind: 'newest-pushed', count: 2 } }], tags)).toEqual(['a', 'b']);
  });

  it('keeps what was pushed or pulled within days', () => {
    const tags = [
      aTag('new', { pushedAt: daysAgo(6) }),
      aTag('edge-of-it', { pushedAt: daysAgo(7) }),
      aTag('old', { pushedAt: daysAgo(8), pulledAt: daysAgo(1) }),
    ];
    expect(kept([{ keep: { kind: 'pushed-within', days: 7 } }], tags)).toEqual(['new', 'edge-of-it']);
    expect(kept([{ keep: { kind: 'pulled-within', days: 7 } }], tags)).toEqual(['old']);
  });

  it('keeps the newest by pull, and none that was never pulled', () => {
    const tags = [aTag('a', { pulledAt: daysAgo(2) }), aTag('b', { pulledAt: daysAgo(1) }), aTag('never')];
    expect(kept([{ keep: { kind: 'newest-pulled', count: 1 } }], tags)).toEqual(['b']);
    expect(kept([{ keep: { kind: 'newest-pulled', count: 3 } }], tags)).toEqual(['a', 'b']);
  });

  it.each([
    ['repository', ['2.0.0', '2.0.0-rc.1']],
    ['major', ['1.9.1', 'v1.10.0', '2.0.0-rc.1', '2.0.0']],
    ['minor', ['1.9.0', '1.9.1', 'v1.10.0', '2.0.0-rc.1', '2.0.0', '1.8.9', '1.8.8']],
  ])('keeps the two newest versions of each %s, and is about versions only', (per, versions) => {
    const names = ['1.9.0', '1.9.1', 'v1.10.0', '2.0.0-rc.1', '2.0.0', '1.8.9', '1.8.8', '1.8.7', 'main', '1.9'];
    const tags = names.map((name) => aTag(name));
    const rule = { keep: { kind: 'newest-versions', count: 2, per } };
    expect(kept([rule], tags).toSorted()).toEqual([...versions, 'main', '1.9'].toSorted());
  });

  it('keeps versions in a range', () => {
    const tags = ['1.9.0', '2.0.0', '2.4.0-rc.1', '3.0.0', 'main'].map((name) => aTag(name));
    expect(kept([{ keep: { kind: 'versions-in', range: '>=2 <3' } }], tags)).toEqual(['2.0.0', '2.4.0-rc.1', 'main']);
  });

  it('says nothing about tags and repositories outside its scope: they stay', () => {
    const tags = [aTag('pr-1'), aTag('main')];
    const policy = aPolicy([{ repositories: ['app/**'], tags: ['pr-*'], keep: { kind: 'never' } }]);
    expect(verdicts(policy, tags, [], 'app/web')).toEqual([
      { verdict: 'delete', decision: { by: 'rule', rule: 0 } },
      { verdict: 'keep', decision: { by: 'no-rule' } },
    ]);
    expect(verdicts(policy, tags, [], 'other').map(({ verdict }) => verdict)).toEqual(['keep', 'keep']);
  });
});

describe('guards', () => {
  it.each([
    ['immutable', aTag('v1')],
    ['latest', aTag('latest')],
    ['in-index', aTag('amd64', { inIndex: true })],
    ['pulled', aTag('x', { pulledAt: daysAgo(2) })],
  ])('hold what is %s, and say so', (guard, tag) => {
    const policy = aPolicy([{ keep: { kind: 'never' } }], {
      guards: { latest: true, inIndex: true, pulledWithinDays: 3 },
    });
    expect(verdicts(policy, [tag], ['v*'])).toEqual([{ verdict: 'keep', decision: { by: 'guard', guard } }]);
    expect(verdicts(policy, [aTag('x', { pulledAt: daysAgo(4) })])[0]?.verdict).toBe('delete');
  });
});

describe('properties', () => {
  const keep = fc.oneof(
    fc.record({ kind: fc.constantFrom('newest-pushed', 'newest-pulled'), count: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ kind: fc.constantFrom('pushed-within', 'pulled-within'), days: fc.integer({ min: 1, max: 9 }) }),
    fc.record({
      kind: fc.constant('newest-versions'),
      count: fc.integer({ min: 1, max: 3 }),
      per: fc.constantFrom('repository', 'major', 'minor'),
    }),
    fc.record({ kind: fc.constantFrom('always', 'never') }),
  );
  const glob = fc.constantFrom('*', 'v*', '1.*', 'pr-?', 'latest');
  const rule = fc.record({
    tags: fc.array(glob, { minLength: 1, maxLength: 2 }),
    except: fc.array(glob, { maxLength: 1 }),
    keep,
  });
  const policies = fc.array(rule, { maxLength: 4 }).map((rules) => aPolicy(rules));
  const days = fc.integer({ min: 0, max: 10 });
  const tags = fc.uniqueArray(
    fc.record({
      name: fc.oneof(
        fc.constantFrom('latest', 'main', 'pr-1', 'pr-2'),
        fc.tuple(fc.nat(2), fc.nat(2), fc.nat(3)).map((parts) => parts.join('.')),
        fc.tuple(fc.nat(2), fc.nat(2)).map(([major, minor]) => `v${major}.${minor}.0`),
      ),
      pushedAt: days.map(daysAgo),
      pulledAt: fc.option(days.map(daysAgo)),
      inIndex: fc.boolean(),
    }),
    { selector: ({ name }) => name, maxLength: 14 },
  );
  const namesKept = (policy: RetentionPolicy, all: JudgeableTag[]) =>
    new Set(all.filter((_, at) => verdicts(policy, all)[at]?.verdict === 'keep').map(({ name }) => name));

  it('any rule that matches keeps: one more never deletes what rules about it kept', () => {
    fc.assert(
      fc.property(fc.array(rule, { minLength: 1, maxLength: 3 }), rule, tags, (rules, more, all) => {
        const before = verdicts(aPolicy(rules), all);
        const after = verdicts(aPolicy([...rules, more]), all);
        before.forEach(({ verdict, decision }, at) => {
          if (verdict === 'keep' && decision.by === 'rule') expect(after[at]?.verdict).toBe('keep');
        });
      }),
    );
  });

  it('what was done in part is judged the same again, so that a run may be killed (R4)', () => {
    fc.assert(
      fc.property(policies, tags, fc.nat(), (policy, all, seed) => {
        const whole = verdicts(policy, all);
        const left = all.filter((_, at) => whole[at]?.verdict === 'keep' || (seed >> (at % 30)) % 2 === 0);
        expect(namesKept(policy, left)).toEqual(namesKept(policy, all));
      }),
    );
  });

  it('the order of tags says nothing, and no guarded or unnamed tag ever goes', () => {
    fc.assert(
      fc.property(policies, tags, (policy, all) => {
        expect(namesKept(policy, all.toReversed())).toEqual(namesKept(policy, all));
        verdicts(policy, all).forEach(({ verdict, decision }, at) => {
          if (verdict === 'keep') return;
          expect(decision.by).toBe('rule');
          expect(all[at]?.name === 'latest' || all[at]?.inIndex).toBe(false);
        });
      }),
    );
  });
});
