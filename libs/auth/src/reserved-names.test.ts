import { describe, expect, it } from 'vitest';
import { isReservedName } from './reserved-names.js';

describe('isReservedName', () => {
  it.each(
    'v2 api token library admin login _catalog .well-known assets healthz readyz metrics setup sign-in ADMIN Api'.split(
      ' ',
    ),
  )('keeps %j', (name) => {
    expect(isReservedName(name)).toBe(true);
  });

  it.each(['acme', 'alice', 'apis', 'v20', 'my-api', '', 'constructor', '__proto__'])('gives out %j', (name) => {
    expect(isReservedName(name)).toBe(false);
  });
});
