import type { Secret } from './secret.js';
import { defineSettings } from './settings-section.js';
import { secret, text } from './value-types.js';
import { variable } from './variable.js';

export interface Administrator {
  readonly username: string;
  readonly email: string;
  readonly password: Secret;
}

const HINT = 'with the other two: creates the first administrator without the one-time link';

const fields = {
  username: variable('STOWAGE_ADMIN_USERNAME', { type: text(), meaning: HINT, defaultShown: 'unset: one-time link' }),
  email: variable('STOWAGE_ADMIN_EMAIL', { type: text(), meaning: HINT, defaultShown: 'unset' }),
  password: variable('STOWAGE_ADMIN_PASSWORD', { type: secret(), meaning: HINT, defaultShown: 'unset' }),
};

/** All three or none: `undefined` means that the one-time link is printed. What a name may be, the accounts know. */
export const administratorSettings = defineSettings(fields, (values, refuse): Administrator | undefined => {
  const { username, email, password } = values;
  if (username !== undefined && email !== undefined && password !== undefined) return { username, email, password };
  if (username === undefined && email === undefined && password === undefined) return undefined;
  const missing = (['username', 'email', 'password'] as const).find((key) => values[key] === undefined) ?? 'password';
  const names = Object.values(fields).map(({ name }) => name);
  return refuse(
    fields[missing],
    `${fields[missing].name} is missing: ${names.join(', ')} are set together or not at all`,
  );
});
