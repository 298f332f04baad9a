import ipaddr from 'ipaddr.js';

/** A household or a machine is given this much of IPv6 at least: whoever has one address of it has all. */
const HOUSEHOLD_BITS = 64;

/** Who a limit for each client counts as one: an IPv4 address, or the /64 of an IPv6 address. */
export function clientNetwork(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address); // ::ffff:192.0.2.1 is 192.0.2.1
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString();
  const network = ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/${HOUSEHOLD_BITS}`);
  return `${network.toString()}/${HOUSEHOLD_BITS}`;
}
