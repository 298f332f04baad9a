import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { z } from 'zod';
import type { auditExportSchema } from '../audit-events.js';
import type { memberSchema } from '../namespaces.js';
import { accessTokenRoutes } from './access-token-routes.js';
import { memberRoutes, namespaceRoutes } from './namespace-routes.js';
import { type AnswerOf, pathOf, queryStringOf, type RequestParts } from './request.js';
import { repositoryRoutes } from './repository-routes.js';

describe('the path of a route', () => {
  it('holds every name as one segment, whatever the name is made of', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.isWellFormed());
    fc.assert(
      fc.property(name, name, name, (namespace, repository, tag) => {
        fc.pre(![namespace, repository, tag].some((text) => /^\.\.?$/.test(text)));
        const { pathname } = new URL(pathOf(repositoryRoutes.getTag, { namespace, repository, tag }), 'http://host');
        const segments = pathname.split('/').map(decodeURIComponent);
        expect(segments).toEqual(['', 'namespaces', namespace, 'repositories', repository, 'tags', tag]);
      }),
    );
  });

  it.each(['', '.', '..'])('is none when a name is “%s”, which would lead elsewhere', (namespace) => {
    expect(() => pathOf(namespaceRoutes.getUsage, { namespace })).toThrow(RangeError);
  });
});

describe('a query', () => {
  it('leaves out what is undefined, and is nothing when nothing is left', () => {
    expect(queryStringOf({ search: 'a&b', cursor: undefined, limit: 5 })).toBe('?search=a%26b&limit=5');
    expect(queryStringOf({ cursor: undefined })).toBe('');
    expect(queryStringOf(undefined)).toBe('');
  });
});

describe('what a request takes and gives', () => {
  it('is what the route says', () => {
    expectTypeOf<RequestParts<typeof memberRoutes.putMember>['params']>().toEqualTypeOf<
      Readonly<Record<'namespace' | 'username', string>>
    >();
    expectTypeOf<RequestParts<typeof memberRoutes.putMember>['body']['role']>().toEqualTypeOf<
      'reader' | 'developer' | 'maintainer' | 'owner'
    >();
    expectTypeOf<RequestParts<typeof namespaceRoutes.exportAuditEvents>['query']>().toEqualTypeOf<
      z.input<typeof auditExportSchema>
    >();
    expectTypeOf<AnswerOf<typeof memberRoutes.listMembers>['items'][number]>().toEqualTypeOf<
      z.output<typeof memberSchema>
    >();
    expectTypeOf<AnswerOf<typeof memberRoutes.removeMember>>().toEqualTypeOf<undefined>();
  });

  it('leaves no room for what the route does not take', () => {
    type Listing = RequestParts<typeof accessTokenRoutes.listAccessTokens>;
    expectTypeOf<Listing>().not.toExtend<{ body: unknown }>();
    expectTypeOf<{ body: { name: string } }>().not.toExtend<Listing>();
    expectTypeOf<{ params: { namespace: string } }>().not.toExtend<
      RequestParts<typeof namespaceRoutes.listNamespaces>
    >();
    expectTypeOf<{ params: { namespace: string } }>().not.toExtend<RequestParts<typeof memberRoutes.putMember>>();
  });
});
