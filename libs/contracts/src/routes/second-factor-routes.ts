import { addedPasskeySchema, addPasskeySchema, passkeyOptionsSchema, renamePasskeySchema } from '../passkeys.js';
import {
  enabledTotpSchema,
  enableTotpSchema,
  recoveryCodesSchema,
  secondFactorsSchema,
  totpKeySchema,
} from '../second-factors.js';
import type { Routes } from './route.js';

const PASSKEY = { id: 'AQIDBA', rawId: 'AQIDBA', type: 'public-key', clientExtensionResults: {} };

/** What a sign-in asks for besides the password. */
export const secondFactorRoutes = {
  getSecondFactors: {
    method: 'GET',
    path: '/account/second-factors',
    access: 'signed-in',
    summary: 'What a sign-in asks for besides the password',
    answer: secondFactorsSchema,
  },
  createTotpKey: {
    method: 'POST',
    path: '/account/totp/key',
    access: 'in-person',
    idempotencyKey: 'answers a secret',
    summary: 'Make a key for an authenticator app; it does not count yet',
    answer: totpKeySchema,
    status: 200,
  },
  enableTotp: {
    method: 'PUT',
    path: '/account/totp',
    access: 'in-person',
    summary: 'Ask for codes of the authenticator app from now on; a code proves that it has the key',
    body: enableTotpSchema,
    example: { key: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', code: '287082' },
    answer: enabledTotpSchema,
  },
  disableTotp: {
    method: 'DELETE',
    path: '/account/totp',
    access: 'in-person',
    summary: 'Ask for no more codes of the authenticator app',
  },
  createPasskeyOptions: {
    method: 'POST',
    path: '/account/passkeys/options',
    access: 'in-person',
    summary: 'What to ask the browser for to make a passkey; nothing is kept of it',
    answer: passkeyOptionsSchema,
    status: 200,
  },
  addPasskey: {
    method: 'POST',
    path: '/account/passkeys',
    access: 'in-person',
    idempotencyKey: 'answers a secret',
    summary: 'Sign in with this passkey too from now on',
    body: addPasskeySchema,
    example: {
      name: 'Laptop',
      response: {
        ...PASSKEY,
        response: { clientDataJSON: 'eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIn0', attestationObject: 'o2NmbXRkbm9uZQ' },
      },
    },
    answer: addedPasskeySchema,
  },
  renamePasskey: {
    method: 'PATCH',
    path: '/account/passkeys/{id}',
    access: 'in-person',
    summary: 'Call a passkey something else',
    body: renamePasskeySchema,
    example: { name: 'Old laptop' },
  },
  removePasskey: {
    method: 'DELETE',
    path: '/account/passkeys/{id}',
    access: 'in-person',
    summary: 'Sign in with a passkey no more',
  },
  replaceRecoveryCodes: {
    method: 'POST',
    path: '/account/recovery-codes',
    access: 'in-person',
    idempotencyKey: 'answers a secret',
    summary: 'Make new recovery codes; all earlier ones stop to count',
    answer: recoveryCodesSchema,
  },
} as const satisfies Routes;
