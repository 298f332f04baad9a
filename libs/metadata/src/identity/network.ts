import ipaddr from 'ipaddr.js';

const PREFIX_BITS = { ipv4: 24, ipv6: 64 } as const;

/**
 * The network that an address belongs to, as text: a /24 of IPv4, a /64 of IPv6, which is the least that one customer of a
 * provider gets. An IPv4 address that is written as IPv6 is what it is. What is no address is `unknown`.
 */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  const bits = PREFIX_BITS[parsed.kind()];
  const bytes = parsed.toByteArray().map((byte, at) => (at * 8 < bits ? byte : 0));
  return `${ipaddr.fromByteArray(bytes).toString()}/${bits}`;
}
