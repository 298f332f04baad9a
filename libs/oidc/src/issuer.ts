import { isIP } from 'node:net';
import { isPublicAddress } from './public-address.js';

declare const issuerBrand: unique symbol;

/** The `iss` of tokens, exactly as the issuer writes it: OpenID Connect Core 1.0, section 2. */
export type Issuer = string & { readonly [issuerBrand]: true };

/** Why a text can't be an issuer that we would ask; the message completes "the issuer …". */
export class InvalidIssuerError extends Error {
  override name = 'InvalidIssuerError';
}

const MAX_LENGTH = 255;
/** Names that resolve inside a network only, whatever a resolver says about them. */
const INTERNAL_NAMES = /(^|\.)(localhost|local|internal|localdomain|home\.arpa|svc|cluster\.local|onion)$/;

/**
 * Which issuers may be asked. Anybody's must be `https` on its usual port at a public name; those that the operator lists
 * may also be inside the network, on any port, and on `http`.
 */
export class IssuerPolicy {
  readonly #listed: ReadonlySet<string>;

  constructor(listed: Iterable<string> = []) {
    this.#listed = new Set(listed);
  }

  /** Throws InvalidIssuerError. What a name resolves to is checked when it is asked. */
  parse(text: string): Issuer {
    if (this.isListed(text)) return text as Issuer;
    const url = URL.parse(text);
    if (!url || text.length > MAX_LENGTH || /[^\x21-\x7e]/.test(text)) throw new InvalidIssuerError('must be a URL');
    refuseDecoration(url, text);
    refuseInsideNetwork(url);
    return text as Issuer;
  }

  /** The operator vouches for it. */
  isListed(issuer: string): boolean {
    return this.#listed.has(issuer);
  }
}

function refuseDecoration(url: URL, text: string): void {
  if (url.protocol !== 'https:') throw new InvalidIssuerError('must begin with https://');
  if (url.username !== '' || url.password !== '') throw new InvalidIssuerError('must not hold a name or a password');
  if (/[?#]/.test(text)) throw new InvalidIssuerError('must not have a query or a fragment');
  // One spelling of each issuer: tokens are compared with it letter by letter.
  if (url.href !== text && url.href !== `${text}/`) throw new InvalidIssuerError(`must be written as ${url.href}`);
  if (url.port !== '') throw new InvalidIssuerError('must be on the usual port, unless an administrator allows it');
}

function refuseInsideNetwork(url: URL): void {
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const isInside = isIP(host) === 0 ? !host.includes('.') || INTERNAL_NAMES.test(host) : !isPublicAddress(host);
  if (isInside) throw new InvalidIssuerError('must be at a public address, unless an administrator allows it');
}
