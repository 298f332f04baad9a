import { accountEmailSchema, changeEmailSchema } from '../account.js';
import {
  completePasswordResetSchema,
  confirmedEmailSchema,
  confirmEmailSchema,
  createdPasswordResetSchema,
  createPasswordResetSchema,
  pendingLinkSchema,
  requestPasswordResetSchema,
  revealedLinkSchema,
} from '../recovery.js';
import { pageOf, pageQuerySchema } from '../page.js';
import type { Routes } from './route.js';

const CODE = 'what-stands-behind-the-hash-of-the-link';

/** The e-mail address of an account, and the way back into one. */
export const recoveryRoutes = {
  getAccountEmail: {
    method: 'GET',
    path: '/account/email',
    access: 'signed-in',
    summary: 'The own e-mail address, whether it is confirmed, and what it is to become',
    answer: accountEmailSchema,
  },
  changeAccountEmail: {
    method: 'POST',
    path: '/account/email',
    access: 'in-person',
    summary: 'Ask for another e-mail address: a letter with a link goes there',
    body: changeEmailSchema,
    example: { email: 'ada@example.org' },
    status: 202,
  },
  cancelAccountEmail: {
    method: 'DELETE',
    path: '/account/email',
    access: 'signed-in',
    summary: 'Keep the e-mail address: the link in that letter is worth nothing any more',
  },
  sendEmailVerification: {
    method: 'POST',
    path: '/account/email/verification',
    access: 'signed-in',
    summary: 'Send a link that confirms the own e-mail address',
    status: 202,
  },
  confirmEmail: {
    method: 'POST',
    path: '/email-confirmations',
    access: 'anyone',
    summary: 'Confirm an e-mail address with the code of a link',
    body: confirmEmailSchema,
    example: { code: CODE },
    answer: confirmedEmailSchema,
    status: 200,
  },
  requestPasswordReset: {
    method: 'POST',
    path: '/password-resets',
    access: 'anyone',
    summary: 'Send a link for a new password; the answer never tells whether there is such an account',
    body: requestPasswordResetSchema,
    example: { login: 'ada@example.com' },
    status: 202,
  },
  completePasswordReset: {
    method: 'POST',
    path: '/password-resets/complete',
    access: 'anyone',
    summary: 'Set a new password with the code of a link; every session and every token ends',
    body: completePasswordResetSchema,
    example: { code: CODE, newPassword: 'an even better horse' },
  },
} as const satisfies Routes;

/** What administrators do for people whom a letter does not reach. */
export const recoveryAdministrationRoutes = {
  createPasswordReset: {
    method: 'POST',
    path: '/admin/users/{username}/password-resets',
    access: 'administrator',
    idempotencyKey: 'answers a secret',
    summary: 'Send somebody a link for a new password, or get it to hand it over',
    body: createPasswordResetSchema,
    example: { delivery: 'show' },
    answer: createdPasswordResetSchema,
  },
  listPendingLinks: {
    method: 'GET',
    path: '/admin/pending-links',
    access: 'administrator',
    summary: 'Links in letters that were not sent, the newest first',
    query: pageQuerySchema,
    answer: pageOf(pendingLinkSchema),
  },
  revealPendingLink: {
    method: 'POST',
    path: '/admin/pending-links/{id}/reveal',
    access: 'administrator',
    idempotencyKey: 'answers a secret',
    summary: 'One of these links itself, to hand it over; the audit log says who asked',
    answer: revealedLinkSchema,
    status: 200,
  },
} as const satisfies Routes;
