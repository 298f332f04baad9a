import { createPrivateKey, sign as signBytes } from 'node:crypto';
import { KeySet } from '../src/key-set.js';
import {
  InvalidTokenError,
  RegistryTokenVerifier,
  type RegistryTokenVerifierOptions,
} from '../src/registry-token-verifier.js';
import { generateSigningKey, type SigningKey } from '../src/signing-key.js';

export const issuer = 'https://cr.example.com';
export const service = 'cr.example.com';
export const NOW_SECONDS = 1_800_000_000;
export const ours = await generateSigningKey();
export const retired = await generateSigningKey();
export const keys = new KeySet({ load: async () => [ours, retired] });

export const HEADER = { alg: 'ES256', typ: 'JWT', kid: ours.kid };
export const PAYLOAD = {
  iss: issuer,
  aud: service,
  sub: 'admin',
  jti: 'id',
  iat: NOW_SECONDS,
  nbf: NOW_SECONDS,
  exp: NOW_SECONDS + 300,
  access: [{ type: 'repository', name: 'acme/app', actions: ['pull', 'push', 'delete'] }],
};

export function newTestVerifier(options: Partial<RegistryTokenVerifierOptions> = {}): RegistryTokenVerifier {
  const clock = () => new Date(NOW_SECONDS * 1000);
  return new RegistryTokenVerifier({ issuer, service, keys, clock, ...options });
}

export const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Made by hand, because a library would refuse to make most of these. Members that are undefined are left out. */
export function forge(key: SigningKey, header: unknown, payload: unknown = PAYLOAD): string {
  const input = `${encode(header)}.${encode(payload)}`;
  const privateKey = createPrivateKey({ key: key.privateJwk as Record<string, string>, format: 'jwk' });
  const signature = signBytes('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
}

export async function outcomeOf(token: string, verifier = newTestVerifier()): Promise<'taken' | 'expired' | 'refused'> {
  try {
    await verifier.verify(token);
    return 'taken';
  } catch (error) {
    if (!(error instanceof InvalidTokenError)) throw error;
    return error.expired ? 'expired' : 'refused';
  }
}
