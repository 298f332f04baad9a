import { pageOf, pageQuerySchema } from '../page.js';
import { putUserGrantsSchema, repositoryAccessSchema, userGrantsSchema } from '../user-grants.js';
import type { Routes } from './route.js';

export const grantRoutes = {
  listUserGrants: {
    method: 'GET',
    path: '/namespaces/{namespace}/grants',
    access: 'namespace: members',
    summary: 'Who holds rights on single repositories or prefixes, by name',
    query: pageQuerySchema,
    answer: pageOf(userGrantsSchema),
  },
  putUserGrants: {
    method: 'PUT',
    path: '/namespaces/{namespace}/grants/{username}',
    access: 'namespace: members',
    summary: 'Give somebody rights on single repositories or prefixes, besides a role',
    description: 'Replaces all that the person holds in the namespace; an empty list ends them.',
    body: putUserGrantsSchema,
    example: { grants: [{ repository: 'acme/team/*', actions: ['pull'] }] },
  },
  listRepositoryAccess: {
    method: 'GET',
    path: '/namespaces/{namespace}/repositories/{repository}/access',
    access: 'repository: repository-settings',
    summary: 'Who reaches a repository by a role or a grant, by name',
    query: pageQuerySchema,
    answer: pageOf(repositoryAccessSchema),
  },
} as const satisfies Routes;
