import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import type { Issuer, IssuerPolicy } from './issuer.js';
import { fetchKeysUrl } from './issuer-metadata.js';
import { IssuerUnavailableError } from './issuer-unavailable.js';
import { fetchDocument, type OutboundOptions } from './outbound-document.js';
import type { Resolver } from './public-lookup.js';

const MAX_KEYS = 64;

/** Fetches the keys of an issuer, on the limits of `fetchDocument`. Throws IssuerUnavailableError. */
export class IssuerKeySource {
  constructor(
    private readonly policy: IssuerPolicy,
    private readonly options: { readonly resolve?: Resolver; readonly timeoutMs?: number } = {},
  ) {}

  async fetch(issuer: Issuer): Promise<JWTVerifyGetKey> {
    const options: OutboundOptions = { ...this.options, isListed: this.policy.isListed(issuer) };
    const keysUrl = await fetchKeysUrl(issuer, options);
    const { keys } = await fetchDocument(keysUrl, options);
    if (!Array.isArray(keys) || keys.length > MAX_KEYS) throw new IssuerUnavailableError('has no usable keys');
    try {
      return createLocalJWKSet({ keys: keys.filter(isPublicKey) } as JSONWebKeySet);
    } catch (cause) {
      throw new IssuerUnavailableError('has no usable keys', { cause });
    }
  }
}

/** A secret shared with the issuer proves nothing about who made a token, and must not be in a public document. */
function isPublicKey(key: unknown): boolean {
  return typeof key === 'object' && key !== null && 'kty' in key && key.kty !== 'oct';
}
