import ipaddr from 'ipaddr.js';

/** Everything else of IPv6 is special: loopback, mapped and embedded IPv4, private, documentation, multicast. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * True for an address that the whole Internet reaches. False for loopback, private, link-local, shared, reserved and
 * multicast ones, for those that carry an IPv4 address inside (RFC 6052, 6to4, Teredo), and for what is no address.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  if (address.range() !== 'unicast') return false;
  return address instanceof ipaddr.IPv4 || address.match(GLOBAL_UNICAST);
}
