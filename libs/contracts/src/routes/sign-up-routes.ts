import { publicLegalSchema } from '../legal.js';
import { pageOf, pageQuerySchema } from '../page.js';
import {
  createdSignUpInvitationSchema,
  createSignUpInvitationSchema,
  putSettingsSchema,
  settingsSchema,
  signUpInvitationSchema,
} from '../sign-up.js';
import {
  addedSignUpDomainsSchema,
  addSignUpDomainsSchema,
  signUpDomainQuerySchema,
  signUpDomainSchema,
} from '../sign-up-domains.js';
import type { Routes } from './route.js';

/** Who may make an account, and what everybody is told. */
export const signUpRoutes = {
  getLegal: {
    method: 'GET',
    path: '/legal',
    access: 'anyone',
    summary: 'Terms of service, privacy notice, where to report abuse, and the status page',
    answer: publicLegalSchema,
  },
  getSettings: {
    method: 'GET',
    path: '/admin/settings',
    access: 'administrator',
    summary: 'Who may make an account, who has said so, and what everybody is told',
    answer: settingsSchema,
  },
  putSettings: {
    method: 'PUT',
    path: '/admin/settings',
    access: 'administrator',
    summary: 'Say who may make an account, or what everybody is told, at once and in every process',
    body: putSettingsSchema,
    example: { signUp: 'open' },
    answer: settingsSchema,
  },
  listSignUpDomains: {
    method: 'GET',
    path: '/admin/sign-up-domains',
    access: 'administrator',
    summary: 'Domains whose addresses accounts may not have, or may only have, by name',
    query: signUpDomainQuerySchema,
    answer: pageOf(signUpDomainSchema),
  },
  addSignUpDomains: {
    method: 'POST',
    path: '/admin/sign-up-domains',
    access: 'administrator',
    idempotencyKey: 'taken',
    summary: 'Put domains on a list; each speaks for those below it',
    body: addSignUpDomainsSchema,
    example: { list: 'blocked', domains: ['mailinator.com', 'trash-mail.example'] },
    answer: addedSignUpDomainsSchema,
    status: 200,
  },
  deleteSignUpDomain: {
    method: 'DELETE',
    path: '/admin/sign-up-domains/{domain}',
    access: 'administrator',
    summary: 'Take a domain off its list',
  },
  listSignUpInvitations: {
    method: 'GET',
    path: '/admin/sign-up-invitations',
    access: 'administrator',
    summary: 'Invitations to make an account that can be used, the newest first',
    query: pageQuerySchema,
    answer: pageOf(signUpInvitationSchema),
  },
  createSignUpInvitation: {
    method: 'POST',
    path: '/admin/sign-up-invitations',
    access: 'administrator',
    idempotencyKey: 'answers a secret',
    summary: 'Invite somebody to make an account; the link is in this answer alone',
    body: createSignUpInvitationSchema,
    example: { email: 'ada@example.com', expiresInDays: 7 },
    answer: createdSignUpInvitationSchema,
  },
  renewSignUpInvitation: {
    method: 'POST',
    path: '/admin/sign-up-invitations/{id}/renew',
    access: 'administrator',
    idempotencyKey: 'answers a secret',
    summary: 'Make a new link for a week, and send it again; the old one ends',
    answer: createdSignUpInvitationSchema,
    status: 200,
  },
  deleteSignUpInvitation: {
    method: 'DELETE',
    path: '/admin/sign-up-invitations/{id}',
    access: 'administrator',
    summary: 'Take an invitation back',
  },
} as const satisfies Routes;
