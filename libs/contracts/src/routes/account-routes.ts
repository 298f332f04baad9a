import { accountSessionListSchema, changePasswordSchema } from '../account.js';
import {
  confirmSessionSchema,
  createAdministratorSchema,
  sessionSchema,
  setupStateSchema,
  signInSchema,
  signUpSchema,
} from '../accounts.js';
import { passkeyOptionsSchema } from '../passkeys.js';
import { refreshTokenListSchema } from '../refresh-tokens.js';
import type { Routes } from './route.js';

const EXAMPLE = { username: 'ada', email: 'ada@example.com', password: 'correct horse battery' };

/** Coming in and going out. */
export const sessionRoutes = {
  signUp: {
    method: 'POST',
    path: '/accounts',
    access: 'anyone',
    summary: 'Make an account with its personal namespace, and sign in',
    body: signUpSchema,
    example: EXAMPLE,
    answer: sessionSchema,
  },
  signIn: {
    method: 'POST',
    path: '/session',
    access: 'anyone',
    summary: 'Sign in: the answer sets the session cookie',
    body: signInSchema,
    example: { login: EXAMPLE.username, password: EXAMPLE.password },
    answer: sessionSchema,
    status: 200,
  },
  getSession: {
    method: 'GET',
    path: '/session',
    access: 'signed-in',
    summary: 'Who is signed in',
    answer: sessionSchema,
  },
  createSignInOptions: {
    method: 'POST',
    path: '/session/passkey-options',
    access: 'anyone',
    summary: 'What to ask the browser for to sign in with a passkey alone; nothing is kept of it',
    answer: passkeyOptionsSchema,
    status: 200,
  },
  stopActing: {
    method: 'DELETE',
    path: '/session/acting',
    access: 'signed-in',
    summary: 'Go back to the own account after acting as somebody else',
  },
  confirmSession: {
    method: 'POST',
    path: '/session/confirmation',
    access: 'in-person',
    summary: 'Prove again that it is you, before a change that asks for it',
    body: confirmSessionSchema,
    example: { password: EXAMPLE.password },
  },
  signOut: { method: 'DELETE', path: '/session', access: 'anyone', summary: 'Sign out' },
  getSetup: {
    method: 'GET',
    path: '/setup',
    access: 'anyone',
    summary: 'What this registry is called, and whether it takes new accounts',
    answer: setupStateSchema,
  },
  createAdministrator: {
    method: 'POST',
    path: '/setup',
    access: 'anyone',
    summary: 'Make the first administrator with the code that the terminal has shown',
    body: createAdministratorSchema,
    example: { ...EXAMPLE, code: 'the-code-of-the-link' },
    answer: sessionSchema,
  },
} as const satisfies Routes;

/** What somebody does with the own account. */
export const accountRoutes = {
  changePassword: {
    method: 'POST',
    path: '/account/password',
    access: 'in-person',
    summary: 'Change the password; every other session and every access token ends',
    body: changePasswordSchema,
    example: { currentPassword: EXAMPLE.password, newPassword: 'an even better horse' },
  },
  listSessions: {
    method: 'GET',
    path: '/account/sessions',
    access: 'in-person',
    summary: 'Where the account is signed in',
    answer: accountSessionListSchema,
  },
  endOtherSessions: {
    method: 'DELETE',
    path: '/account/sessions',
    access: 'in-person',
    summary: 'Sign out everywhere else',
  },
  endSession: {
    method: 'DELETE',
    path: '/account/sessions/{id}',
    access: 'in-person',
    summary: 'Sign one session out',
  },
  listRefreshTokens: {
    method: 'GET',
    path: '/account/refresh-tokens',
    access: 'in-person',
    summary: 'Clients that stay signed in by a refresh token',
    answer: refreshTokenListSchema,
  },
  endRefreshToken: {
    method: 'DELETE',
    path: '/account/refresh-tokens/{id}',
    access: 'in-person',
    summary: 'Sign one client out',
  },
} as const satisfies Routes;
