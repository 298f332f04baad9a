import { z } from 'zod';
import type { Issuer } from './issuer.js';
import { IssuerUnavailableError } from './issuer-unavailable.js';
import { fetchDocument, type OutboundOptions } from './outbound-document.js';

/** What we read of OpenID Connect Discovery 1.0, section 3. */
const metadataSchema = z.object({ issuer: z.string(), jwks_uri: z.string().max(2048) });

/**
 * Where an issuer keeps its keys. The document must name the very issuer that it was asked for: section 4.3 of the same.
 * Throws IssuerUnavailableError.
 */
export async function fetchKeysUrl(issuer: Issuer, options: OutboundOptions): Promise<URL> {
  const document = await fetchDocument(configurationUrl(issuer), options);
  const metadata = metadataSchema.safeParse(document);
  const url = metadata.success ? URL.parse(metadata.data.jwks_uri) : null;
  if (!metadata.success || metadata.data.issuer !== issuer || !url || !/^https?:$/.test(url.protocol)) {
    throw new IssuerUnavailableError('has no usable configuration');
  }
  return url;
}

/** Section 4 of the same: behind the issuer's own path, whose slash at the end does not count. */
function configurationUrl(issuer: Issuer): URL {
  return new URL(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
}
