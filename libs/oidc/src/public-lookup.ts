import { type LookupAddress, lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { IssuerUnavailableError } from './issuer-unavailable.js';
import { isPublicAddress } from './public-address.js';

/** Answers as `dns.lookup` does with `all: true`. */
export type Resolver = (
  hostname: string,
  answer: (error: NodeJS.ErrnoException | null, addresses: readonly LookupAddress[]) => void,
) => void;

const systemResolver: Resolver = (hostname, answer) =>
  lookup(hostname, { all: true, verbatim: true }, (error, addresses) => answer(error, error ? [] : addresses));

/**
 * Resolves a name for a socket and gives it addresses that were checked, so that a name can't point elsewhere between the
 * check and the connection. One address of it that is not public refuses the name.
 */
export function publicLookup(resolve: Resolver = systemResolver): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, (error, addresses) => {
      const [first] = addresses;
      if (error || !first) return callback(error ?? new IssuerUnavailableError('could not be reached'), '', 4);
      if (!addresses.every(({ address }) => isPublicAddress(address))) {
        return callback(new IssuerUnavailableError('is not at a public address'), '', 4);
      }
      if (options.all === true) return callback(null, [...addresses]);
      return callback(null, first.address, first.family);
    });
  };
}
