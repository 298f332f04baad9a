import { parseRepositoryName } from '@stowage/oci';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyAccessList } from '../test/arbitraries.js';
import {
  forge,
  HEADER,
  issuer,
  newTestVerifier,
  NOW_SECONDS,
  outcomeOf,
  ours,
  PAYLOAD,
  service,
} from '../test/forged-token.js';
import { CATALOG_ACCESS, repositoryAccess } from './access.js';
import { KeySet } from './key-set.js';
import { RegistryTokenSigner } from './registry-token-signer.js';
import { InvalidTokenError } from './registry-token-verifier.js';
import { generateSigningKey } from './signing-key.js';

const at = (seconds: number) => () => new Date(seconds * 1000);
const verifier = newTestVerifier();
const verifierAt = (seconds: number) => newTestVerifier({ clock: at(seconds) });
const signerAt = (seconds: number) =>
  new RegistryTokenSigner({ issuer, service, signingKey: async () => ours, ttlSeconds: 300, clock: at(seconds) });
const access = [repositoryAccess(parseRepositoryName('acme/app'), ['pull', 'push']), CATALOG_ACCESS];
const credentialExpiresAt = new Date((NOW_SECONDS + 86_400) * 1000);
const alice = { kind: 'user', id: 'u1', name: 'alice' } as const;
const request = { principal: alice, credentialId: 'c1', credentialExpiresAt, access };
/** Our own signature over whatever claims; a claim that is undefined is left out. */
const craft = (claims: object = {}) => forge(ours, HEADER, { ...PAYLOAD, ...claims });

describe('RegistryTokenVerifier', () => {
  it('reads what the signer wrote', async () => {
    const { token } = await signerAt(NOW_SECONDS).sign(request);
    const [issuedAt, expiresAt] = [new Date(NOW_SECONDS * 1000), new Date((NOW_SECONDS + 300) * 1000)];
    expect(await verifier.verify(token)).toEqual({ ...request, issuedAt, expiresAt, id: expect.any(String) });
  });

  it('reads any access that can be granted, and an anonymous caller', async () => {
    const signer = signerAt(NOW_SECONDS);
    await fc.assert(
      fc.asyncProperty(anyAccessList, async (list) => {
        const anonymous = { principal: null, credentialId: null, credentialExpiresAt: null, access: list };
        const { token } = await signer.sign(anonymous);
        expect(await verifier.verify(token)).toMatchObject(anonymous);
      }),
      { numRuns: 30 },
    );
  });

  it.each(['robot', 'rule'] as const)('tells a %s from a user of the same id', async (kind) => {
    const principal = { kind, id: 'u1', name: 'acme.ci' };
    const { token } = await signerAt(NOW_SECONDS).sign({ ...request, principal });
    expect((await verifier.verify(token)).principal).toEqual(principal);
  });

  it('takes the tokens that the tests below are made from', async () => {
    const principal = { kind: 'user', id: 'admin', name: 'admin' };
    expect(await verifier.verify(craft())).toMatchObject({ principal, credentialId: null });
  });

  it.each<[string, object]>([
    ['another audience', { aud: 'other.example.com' }],
    ['an audience that contains ours', { aud: `${service}.evil.com` }],
    ['several audiences', { aud: [service, 'other.example.com'] }],
    ['no audience', { aud: undefined }],
    ['another issuer', { iss: 'https://evil.example.com' }],
    ['an issuer by another case', { iss: issuer.toUpperCase() }],
    ['no issuer', { iss: undefined }],
    ['no subject', { sub: undefined }],
    ['a subject that is no text', { sub: 1 }],
    ['a subject of no kind that there is', { sub: 'root:1' }],
    ['no id', { jti: undefined }],
    ['no expiry', { exp: undefined }],
    ['no start', { nbf: undefined }],
    ['no time of issue', { iat: undefined }],
    ['an expiry that is text', { exp: '9999999999' }],
    ['an expiry without end', { exp: 1e300 }],
    ['an expiry that is no whole number', { exp: NOW_SECONDS + 0.5 }],
    ['a lifetime over the limit', { exp: NOW_SECONDS + 3601 }],
    ['an expiry before its issue', { iat: NOW_SECONDS + 30, exp: NOW_SECONDS + 20 }],
    ['a start in the future', { nbf: NOW_SECONDS + 61 }],
    ['an issue in the future', { iat: NOW_SECONDS + 61 }],
    ['no access', { access: undefined }],
    ['an access that is no list', { access: { type: 'repository', name: 'acme/app', actions: ['pull'] } }],
    ['an access of nothing', { access: [null] }],
    ['an access of an unknown type', { access: [{ type: 'project', name: 'acme/app', actions: ['pull'] }] }],
    ['an access with a wildcard', { access: [{ type: 'repository', name: 'acme/*', actions: ['pull'] }] }],
    ['an access without a name', { access: [{ type: 'repository', actions: ['pull'] }] }],
    ['an access of all actions', { access: [{ type: 'repository', name: 'acme/app', actions: ['*'] }] }],
    ['an access with actions as text', { access: [{ type: 'repository', name: 'acme/app', actions: 'pull' }] }],
    ['more access than a request may ask', { access: Array.from({ length: 33 }, () => PAYLOAD.access[0]) }],
  ])('refuses a token with %s', async (_, claims) => {
    expect(await outcomeOf(craft(claims))).toBe('refused');
  });

  it('tells an expired token from a bad one, after the leeway of a minute', async () => {
    const { token } = await signerAt(NOW_SECONDS).sign(request);
    expect(await verifierAt(NOW_SECONDS + 359).verify(token)).toBeDefined();
    expect(await outcomeOf(token, verifierAt(NOW_SECONDS + 360))).toBe('expired');
  });

  it('takes a token from a clock that is a little ahead', async () => {
    const { token } = await signerAt(NOW_SECONDS).sign(request);
    expect(await verifierAt(NOW_SECONDS - 60).verify(token)).toBeDefined();
    expect(await outcomeOf(token, verifierAt(NOW_SECONDS - 61))).toBe('refused');
  });

  it('takes an expired token for as long as the caller allows, and nothing else with it', async () => {
    const { token } = await signerAt(NOW_SECONDS).sign(request);
    const options = { allowExpiredForSeconds: 3600 };
    expect(await verifierAt(NOW_SECONDS + 3959).verify(token, options)).toMatchObject({ principal: alice });
    await expect(verifierAt(NOW_SECONDS + 3960).verify(token, options)).rejects.toMatchObject({ expired: true });
    await expect(verifierAt(NOW_SECONDS - 61).verify(token, options)).rejects.toMatchObject({ expired: false });
    const tampered = `${token.slice(0, -8)}AAAAAAAA`;
    await expect(verifier.verify(tampered, options)).rejects.toBeInstanceOf(InvalidTokenError);
  });

  it('does not call a forged token expired', async () => {
    const forged = forge(await generateSigningKey(), HEADER, { ...PAYLOAD, exp: NOW_SECONDS - 1000 });
    expect(await outcomeOf(forged)).toBe('refused');
  });

  it('holds a lifetime of its own choice', async () => {
    await expect(newTestVerifier({ maxLifetimeSeconds: 299 }).verify(craft())).rejects.toThrow(/lifetime/);
    expect(await outcomeOf(craft(), newTestVerifier({ maxLifetimeSeconds: 300 }))).toBe('taken');
  });

  it('passes on that the keys can not be had, instead of blaming the token', async () => {
    const broken = new KeySet({ load: () => Promise.reject(new Error('no database')) });
    await expect(newTestVerifier({ keys: broken }).verify(craft())).rejects.toThrow('no database');
  });
});
