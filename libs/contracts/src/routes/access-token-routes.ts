import { accessTokenSchema, createAccessTokenSchema, createdAccessTokenSchema } from '../access-tokens.js';
import { pageOf } from '../page.js';
import { accessTokenQuerySchema } from '../sorted-lists.js';
import type { Routes } from './route.js';

export const accessTokenRoutes = {
  listAccessTokens: {
    method: 'GET',
    path: '/access-tokens',
    access: 'in-person',
    summary: 'The caller’s access tokens, the newest first',
    query: accessTokenQuerySchema,
    answer: pageOf(accessTokenSchema),
  },
  createAccessToken: {
    method: 'POST',
    path: '/access-tokens',
    access: 'in-person',
    idempotencyKey: 'answers a secret',
    summary: 'Make an access token; its secret is in this answer and nowhere else',
    body: createAccessTokenSchema,
    example: { name: 'ci', expiresInDays: 30, grants: [{ repository: 'acme/app', actions: ['pull', 'push'] }] },
    answer: createdAccessTokenSchema,
  },
  deleteAccessToken: {
    method: 'DELETE',
    path: '/access-tokens/{id}',
    access: 'in-person',
    summary: 'Revoke an access token',
  },
} as const satisfies Routes;
