import { convertAccountSchema, renameAccountSchema } from '../account-names.js';
import { sessionSchema } from '../accounts.js';
import type { Routes } from './route.js';

/** What somebody is called, and becomes. */
export const accountNameRoutes = {
  renameAccount: {
    method: 'POST',
    path: '/account/username',
    access: 'in-person',
    // Images are called otherwise afterwards.
    inReadOnlyMode: 'refused',
    summary: 'Take another username; the personal namespace is called so, too',
    description:
      'Pulls and pushes by the old name go on until it is given up, and `docker login` with it and an access token for as ' +
      'long as the name is nobody else’s. A password signs in with the present name only.',
    body: renameAccountSchema,
    example: { username: 'ada-lovelace' },
    answer: sessionSchema,
    status: 200,
  },
  convertAccount: {
    method: 'POST',
    path: '/account/organization',
    access: 'in-person',
    inReadOnlyMode: 'refused',
    summary: 'Make an organisation of the personal namespace, and take another username',
    description:
      'The organisation keeps its name, its repositories, members and robots. The account keeps its sessions and access ' +
      'tokens, gets a new and empty personal namespace, and may do there what its role allows.',
    body: convertAccountSchema,
    example: { username: 'ada-lovelace', owners: ['grace'], role: 'maintainer' },
    answer: sessionSchema,
    status: 200,
  },
} as const satisfies Routes;
