import { type CryptoKey, importJWK, type JWK } from 'jose';
import { SIGNING_ALGORITHM } from './signing-key.js';

/** A key that may verify registry tokens. Every `SigningKey` is one; its private half is never read from here. */
export interface PublicKey {
  readonly kid: string;
  readonly publicJwk: JWK;
}

/** The members of a P-256 public key and no others. Throws TypeError for any other kind of key. */
export function publicMembers({ kty, crv, x, y }: JWK): JWK {
  // A symmetric key in the set that verifies would let anyone who learns it sign (CVE-2026-82329).
  if (kty !== 'EC' || crv !== 'P-256' || !x || !y) throw new TypeError('not an EC P-256 public key');
  return { kty, crv, x, y };
}

export async function importPublicKey({ publicJwk }: PublicKey): Promise<CryptoKey> {
  const key = await importJWK(publicMembers(publicJwk), SIGNING_ALGORITHM);
  if (key instanceof Uint8Array) throw new TypeError('not an asymmetric key');
  return key;
}

/** The document of `/.well-known/jwks.json`. */
export function toJwks(keys: readonly PublicKey[]): { keys: JWK[] } {
  return {
    keys: keys.map(({ kid, publicJwk }) => ({
      ...publicMembers(publicJwk),
      kid,
      alg: SIGNING_ALGORITHM,
      use: 'sig',
    })),
  };
}
