import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paths } from './paths.js';

describe('paths', () => {
  it('encode every name, so that none leaves its segment', () => {
    expect(paths.tag('acme', 'team/app', 'v1?x')).toBe('/namespaces/acme/repositories/team%2Fapp/tags/v1%3Fx');
    const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.isWellFormed());
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
});
