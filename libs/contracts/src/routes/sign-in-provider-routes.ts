import {
  completeProviderSignInSchema,
  createProviderAccountSchema,
  externalIdentityListSchema,
  linkIdentitySchema,
  providerPageSchema,
  providerSignInSchema,
  signInProviderListSchema,
  startProviderSignInSchema,
} from '../sign-in-providers.js';
import type { Routes } from './route.js';

/** Sign-in by services where people have an account already. */
export const signInProviderRoutes = {
  listSignInProviders: {
    method: 'GET',
    path: '/sign-in-providers',
    access: 'anyone',
    summary: 'The services with which people sign in here',
    answer: signInProviderListSchema,
  },
  startProviderSignIn: {
    method: 'POST',
    path: '/sign-in-providers/{provider}/attempts',
    access: 'anyone',
    summary: 'Begin a sign-in: the answer says where to send the browser',
    body: startProviderSignInSchema,
    example: { next: '/' },
    answer: providerPageSchema,
  },
  completeProviderSignIn: {
    method: 'POST',
    path: '/sign-in-attempts/completion',
    access: 'anyone',
    summary: 'End the sign-in that this session has begun, with what the provider has answered',
    body: completeProviderSignInSchema,
    example: { state: 'the-state-of-the-address', code: 'the-code-of-the-address' },
    answer: providerSignInSchema,
    status: 200,
  },
  createProviderAccount: {
    method: 'POST',
    path: '/sign-in-attempts/account',
    access: 'anyone',
    summary: 'Make the account of whoever the provider has just signed in',
    body: createProviderAccountSchema,
    example: { username: 'ada' },
    answer: providerSignInSchema,
  },
  listIdentities: {
    method: 'GET',
    path: '/account/identities',
    access: 'signed-in',
    summary: 'The services that sign the caller in',
    answer: externalIdentityListSchema,
  },
  linkIdentity: {
    method: 'POST',
    path: '/account/identities',
    access: 'in-person',
    summary: 'Begin to link the account with a service: the answer says where to send the browser',
    body: linkIdentitySchema,
    example: { provider: 'github' },
    answer: providerPageSchema,
  },
  unlinkIdentity: {
    method: 'DELETE',
    path: '/account/identities/{id}',
    access: 'in-person',
    summary: 'Let a service sign the caller in no more',
  },
} as const satisfies Routes;
