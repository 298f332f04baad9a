import { describe, expect, it } from 'vitest';
import { parseRepositorySplat, type RepositoryView, repositorySplat } from './repository-path';

const DIGEST = `sha256:${'a'.repeat(64)}`;

describe('repository paths', () => {
  it.each<[string, RepositoryView, string]>([
    ['app', { kind: 'tags' }, 'app'],
    ['team/app', { kind: 'settings' }, 'team/app/-/settings'],
    ['a/b/c', { kind: 'tag', tag: 'v1.0' }, 'a/b/c/-/tags/v1.0'],
    ['tags/tags', { kind: 'tag', tag: 'tags' }, 'tags/tags/-/tags/tags'],
    ['app', { kind: 'manifest', digest: DIGEST }, `app/-/manifests/${DIGEST}`],
  ])('writes and reads %s %o', (name, view, splat) => {
    expect(repositorySplat(name, view)).toBe(splat);
    expect(parseRepositorySplat(splat)).toEqual({ name, view });
  });

  it.each(['', 'app/-/nothing', 'app/-/tags', 'app/-/tags/a/b', '/-/tags/v1'])('finds nothing at %s', (splat) => {
    expect(parseRepositorySplat(splat)).toBeUndefined();
  });
});
