import { describe, expect, it } from 'vitest';
import { publicLookup, type Resolver } from './public-lookup.js';

const answering =
  (...addresses: string[]): Resolver =>
  (_, answer) =>
    answer(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );

async function resolved(resolver: Resolver, all: boolean): Promise<unknown> {
  return new Promise((resolve, reject) => {
    publicLookup(resolver)('git.example.com', { all }, (error, address) => (error ? reject(error) : resolve(address)));
  });
}

describe('publicLookup', () => {
  it('gives the addresses that it checked', async () => {
    expect(await resolved(answering('8.8.8.8', '2606:4700::1'), false)).toBe('8.8.8.8');
    expect(await resolved(answering('8.8.8.8', '2606:4700::1'), true)).toEqual([
      { address: '8.8.8.8', family: 4 },
      { address: '2606:4700::1', family: 6 },
    ]);
  });

  it.each([['127.0.0.1'], ['8.8.8.8', '10.0.0.1'], ['169.254.169.254'], ['8.8.8.8', '::ffff:127.0.0.1']])(
    'refuses a name with %s and %s',
    async (...addresses) => {
      await expect(resolved(answering(...addresses), true)).rejects.toThrow('is not at a public address');
      await expect(resolved(answering(...addresses), false)).rejects.toThrow('is not at a public address');
    },
  );

  it('refuses a name without an address', async () => {
    await expect(resolved(answering(), true)).rejects.toThrow('could not be reached');
  });
});
