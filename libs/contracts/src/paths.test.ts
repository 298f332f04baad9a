import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paths } from './paths.js';
import { API_ROUTES } from './routes/index.js';

describe('paths', () => {
  it('encode every name, so that none leaves its segment', () => {
    expect(paths.tag('acme', 'team/app', 'v1?x')).toBe('/namespaces/acme/repositories/team%2Fapp/tags/v1%3Fx');
    const name = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((text) => text.isWellFormed() && !/^\.\.?$/.test(text));
    fc.assert(
      fc.property(name, name, name, (namespace, repository, tag) => {
        const segments = paths.tag(namespace, repository, tag).split('/');
        expect(segments.map(decodeURIComponent)).toEqual([
          '',
          'namespaces',
          namespace,
          'repositories',
          repository,
          'tags',
          tag,
        ]);
      }),
    );
  });

  it.each(['', '.', '..'])('refuse “%s”, which URLs can’t hold as a segment', (name) => {
    expect(() => paths.tag('acme', 'app', name)).toThrow(RangeError);
  });

  it('lead to routes of the table, each of them', () => {
    const known = new Set(API_ROUTES.map(({ path }) => path.replaceAll(/\{\w+\}/g, '{}')));
    const built = Object.values(paths).map((path) => (typeof path === 'string' ? path : path('{}', '{}', '{}')));
    const unknown = built.map(decodeURIComponent).filter((path) => !known.has(path));
    expect(unknown).toEqual([]);
  });
});
