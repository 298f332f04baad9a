import { accountEndSchema, deleteAccountSchema } from '../account-end.js';
import type { Routes } from './route.js';

/** Taking everything along, and going. */
export const accountEndRoutes = {
  exportAccount: {
    method: 'GET',
    path: '/account/export',
    access: 'in-person',
    summary: 'Everything that is kept about the person, as a file',
    file: ['application/json'],
  },
  getAccountEnd: {
    method: 'GET',
    path: '/account/deletion',
    access: 'in-person',
    summary: 'What stands in the way of deleting the account, and what would go with it',
    answer: accountEndSchema,
  },
  deleteAccount: {
    method: 'POST',
    path: '/account/deletion',
    access: 'in-person',
    // The personal namespace goes with the account.
    inReadOnlyMode: 'refused',
    summary: 'Delete the account and its personal namespace; the name is nobody’s for 90 days',
    body: deleteAccountSchema,
    example: { username: 'ada', repositories: 0 },
  },
} as const satisfies Routes;
