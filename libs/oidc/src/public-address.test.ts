import { describe, expect, it } from 'vitest';
import { isPublicAddress } from './public-address.js';

describe('isPublicAddress', () => {
  it.each(['8.8.8.8', '140.82.121.5', '::ffff:8.8.8.8', '2606:4700::1111'])('%s is', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  const special = `
    127.0.0.1 127.1 2130706433 0177.0.0.1 0x7f.1 0.0.0.0 ::1 :: ::ffff:127.0.0.1 10.0.0.1 172.16.0.1
    172.31.255.255 192.168.1.1 100.64.0.1 169.254.169.254 192.0.0.8 192.0.2.1 198.18.0.1 198.51.100.1
    203.0.113.1 224.0.0.1 240.0.0.1 255.255.255.255 fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1
    ff02::1 2001:db8::1 100::1 64:ff9b::7f00:1 64:ff9b:1::1 2002:7f00:1:: 2001::1 ::7f00:1
    ::ffff:0:7f00:1 localhost example.com 1.2.3.4.5 ①②⑦.⓪.⓪.①
  `;

  it.each(['', ...special.trim().split(/\s+/)])('%s is not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});
