import { describe, expect, it } from 'vitest';
import { safeNextPath } from './next-path';

describe('safeNextPath', () => {
  it.each(['/', '/n/acme', '/n/acme/r/team/app/-/tags/v1?platform=linux%2Farm64#layers'])('accepts %s', (path) => {
    expect(safeNextPath(path)).toBe(path);
  });

  it.each([
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '',
    undefined,
    ['/n'],
  ])('refuses %s', (path) => {
    expect(safeNextPath(path)).toBeUndefined();
  });

  it('does not lead back to the page that is asking', () => {
    expect(safeNextPath('/sign-in?next=/x')).toBeUndefined();
    expect(safeNextPath('/sign-up')).toBeUndefined();
  });
});
