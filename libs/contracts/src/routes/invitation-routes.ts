import {
  acceptedInvitationSchema,
  createdInvitationSchema,
  createInvitationSchema,
  invitationOfferSchema,
  invitationSchema,
} from '../invitations.js';
import { pageOf } from '../page.js';
import type { Routes } from './route.js';

export const invitationRoutes = {
  listInvitations: {
    method: 'GET',
    path: '/namespaces/{namespace}/invitations',
    access: 'namespace: members',
    summary: 'Who is invited and has not come yet',
    answer: pageOf(invitationSchema),
  },
  createInvitation: {
    method: 'POST',
    path: '/namespaces/{namespace}/invitations',
    access: 'namespace: members',
    idempotencyKey: 'answers a secret',
    summary: 'Invite somebody; the link is in this answer and nowhere else',
    description: 'With an address, a letter with the link goes there, and only the account of that address may accept.',
    body: createInvitationSchema,
    example: { email: 'grace@example.com', role: 'developer', expiresInDays: 7 },
    answer: createdInvitationSchema,
  },
  renewInvitation: {
    method: 'POST',
    path: '/namespaces/{namespace}/invitations/{id}/renew',
    access: 'namespace: members',
    idempotencyKey: 'answers a secret',
    summary: 'Make a new link, and send it again; the old one ends',
    answer: createdInvitationSchema,
    status: 200,
  },
  deleteInvitation: {
    method: 'DELETE',
    path: '/namespaces/{namespace}/invitations/{id}',
    access: 'namespace: members',
    summary: 'Take an invitation back',
  },
  getInvitation: {
    method: 'GET',
    path: '/invitations/{code}',
    access: 'anyone',
    summary: 'What a link invites to',
    answer: invitationOfferSchema,
  },
  acceptInvitation: {
    method: 'POST',
    path: '/invitations/{code}/accept',
    access: 'signed-in',
    summary: 'Become a member; the link works once',
    answer: acceptedInvitationSchema,
    status: 200,
  },
} as const satisfies Routes;
