import { describe, expect, it } from 'vitest';
import { draftsOf, type GrantDraft, grantsOf, problemsOf, validateGrants } from './grant-drafts';

const draft = (path: string, ...actions: GrantDraft['actions']): GrantDraft => ({ path, actions });

describe('grants in a form', () => {
  it('are written without the namespace, and sent with it, actions in order', () => {
    const drafts = [draft(' team/* ', 'push', 'pull'), draft('*', 'delete')];
    const grants = [
      { repository: 'acme/team/*', actions: ['pull', 'push'] },
      { repository: 'acme/*', actions: ['delete'] },
    ];
    expect(grantsOf('acme', drafts)).toEqual(grants);
    expect(draftsOf('acme', grantsOf('acme', drafts))).toEqual([draft('team/*', 'pull', 'push'), draft('*', 'delete')]);
  });

  it.each([
    ['app', undefined],
    ['*', undefined],
    ['team/sub/*', undefined],
    ['', 'Write a name'],
    ['te*m', 'Write a name'],
    ['Team', 'Write a name'],
    ['/app', 'Write a name'],
    ['team/', 'Write a name'],
    ['**', 'Write a name'],
  ])('with the path %j: %s', (path, problem) => {
    const [found] = problemsOf('acme', [draft(path, 'pull')]);
    if (problem === undefined) expect(found).toBeUndefined();
    else expect(found).toContain(problem);
  });

  it('say what else is wrong, each where it is', () => {
    const drafts = [draft('app', 'pull'), draft('app', 'push'), draft('other')];
    expect(problemsOf('acme', drafts)).toEqual([undefined, 'This one is above already', 'Choose at least one right']);
    expect(validateGrants('acme', drafts)).toBeDefined();
    expect(validateGrants('acme', [draft('app', 'pull')])).toBeUndefined();
  });

  it('may be none at all, unless one is needed', () => {
    expect(validateGrants('acme', [])).toBeUndefined();
    expect(validateGrants('acme', [], { needsOne: true })).toContain('at least one');
  });
});
