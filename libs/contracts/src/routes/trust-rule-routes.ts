import { pageOf, pageQuerySchema } from '../page.js';
import { createTrustRuleSchema, testTrustRulesSchema, trustRuleSchema, trustRuleTestSchema } from '../trust-rules.js';
import type { Routes } from './route.js';

/** CI jobs that sign in with the token of their CI system. */
export const trustRuleRoutes = {
  listTrustRules: {
    method: 'GET',
    path: '/namespaces/{namespace}/trust-rules',
    access: 'namespace: trust-rules',
    summary: 'Which CI jobs a namespace lets in, by name',
    query: pageQuerySchema,
    answer: pageOf(trustRuleSchema),
  },
  createTrustRule: {
    method: 'POST',
    path: '/namespaces/{namespace}/trust-rules',
    access: 'namespace: trust-rules',
    idempotencyKey: 'taken',
    summary: 'Let the jobs of a CI system in, without a secret',
    description:
      'A job signs in with `docker login`, any user name and its ID token as the password, when the token is by this ' +
      'issuer, for this audience, and meets every claim: exactly, or by a pattern in which `*` stands for any characters.',
    body: createTrustRuleSchema,
    example: {
      name: 'release',
      issuer: 'https://token.actions.githubusercontent.com',
      audience: 'https://registry.example.com',
      claims: { repository: 'acme/app', ref: 'refs/heads/main' },
      grants: [{ repository: 'acme/app', actions: ['pull', 'push'] }],
    },
    answer: trustRuleSchema,
  },
  testTrustRules: {
    method: 'POST',
    path: '/namespaces/{namespace}/trust-rules/test',
    access: 'namespace: trust-rules',
    summary: 'Which rule lets the job with this token in, or why none does; the token is not kept',
    body: testTrustRulesSchema,
    example: { token: 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJyZXBvOmFjbWUvYXBwIn0.c2lnbmF0dXJl' },
    answer: trustRuleTestSchema,
    status: 200,
  },
  deleteTrustRule: {
    method: 'DELETE',
    path: '/namespaces/{namespace}/trust-rules/{id}',
    access: 'namespace: trust-rules',
    summary: 'Take a rule away; what its jobs hold stops working at once',
  },
} as const satisfies Routes;
