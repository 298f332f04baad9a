import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';

export type { JWK } from 'jose';

/** The one algorithm of registry tokens; nothing in a token can choose another. */
export const SIGNING_ALGORITHM = 'ES256';

/** The pair that signs registry tokens. `privateJwk` never leaves the process that signs and the store that keeps it. */
export interface SigningKey {
  readonly kid: string;
  readonly privateJwk: JWK;
  readonly publicJwk: JWK;
}

/** A new EC P-256 pair; its `kid` is the RFC 7638 thumbprint, so that it names these very bytes. */
export async function generateSigningKey(): Promise<SigningKey> {
  const pair = await generateKeyPair(SIGNING_ALGORITHM, { extractable: true });
  const publicJwk = await exportJWK(pair.publicKey);
  return { kid: await calculateJwkThumbprint(publicJwk), privateJwk: await exportJWK(pair.privateKey), publicJwk };
}
