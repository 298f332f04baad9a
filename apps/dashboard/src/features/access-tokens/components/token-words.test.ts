import { describe, expect, it } from 'vitest';
import { tokenWords } from './token-words';

const NOW = Date.parse('2026-11-21T12:00:00Z');

describe('tokenWords', () => {
  it('says what a token without limits reaches, and what no token does', () => {
    const { can, cannot, until } = tokenWords(null, null, NOW);
    expect(can.join()).toContain('wherever you may');
    expect(cannot.join()).toContain('access tokens');
    expect(until).toBe('Until you revoke it');
  });

  it.each([
    [{ repository: 'acme/app', actions: ['pull'] }, ['Pull from acme/app']],
    [{ repository: 'acme/*', actions: ['push', 'pull'] }, ['Pull from and push to every repository of acme']],
    [
      { repository: 'acme/team/*', actions: ['pull', 'push', 'delete'] },
      ['Pull from, push to and delete in everything below acme/team/'],
    ],
    [{ repository: 'acme/app', actions: ['api'] }, ['Use the management API for acme/app']],
    [
      { repository: 'acme/app', actions: ['pull', 'api'] },
      ['Pull from acme/app', 'Use the management API for acme/app'],
    ],
  ] as const)('says %j as %j', ({ repository, actions }, expected) => {
    expect(tokenWords([{ repository, actions: [...actions] }], 90, NOW).can).toEqual(expected);
  });

  it('names the day', () => {
    expect(tokenWords(null, 90, NOW).until).toMatch(/^Until .*2027/);
  });
});
