import type { IDToken } from 'openid-client';
import { describe, expect, it } from 'vitest';
import { expectProof } from './proved-again.js';
import { ProviderRefusalError } from './provider.js';

const ASKED = 1_790_000_000;
const claims: IDToken = { iss: 'https://id.example.com', sub: 'ada', aud: 'stowage', iat: ASKED, exp: ASKED + 300 };
const knowsTimes = { issuer: claims.iss, claims_supported: ['sub', 'auth_time'] };
const says = (authTime: number | undefined, server: typeof knowsTimes | { issuer: string } = knowsTimes) =>
  expectProof(authTime === undefined ? claims : { ...claims, auth_time: authTime }, {
    provedAfterMs: ASKED * 1000 + 999,
    server,
  });

describe('the time at which a provider says that somebody proved who they are', () => {
  it.each([
    ['after the question', ASKED + 30],
    ['in the same second', ASKED],
    ['before it, by a clock that is a little behind', ASKED - 59],
  ])('may be %s', (_, authTime) => {
    expect(() => says(authTime)).not.toThrow();
    expect(() => says(authTime, { issuer: claims.iss })).not.toThrow();
  });

  it('may not be long before it', () => {
    expect(() => says(ASKED - 61)).toThrow(ProviderRefusalError);
    expect(() => says(ASKED - 61, { issuer: claims.iss })).toThrow(ProviderRefusalError);
  });

  it('may only be left out by a provider that does not say that it knows it', () => {
    expect(() => says(undefined)).toThrow(ProviderRefusalError);
    expect(() => says(undefined, { issuer: claims.iss })).not.toThrow();
  });
});
