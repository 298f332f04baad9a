import { generateSigningKey, type SigningKey } from '@stowage/auth';
import { describe, expect, it } from 'vitest';
import { CurrentSigningKey } from './current-signing-key.js';

const [first, second] = [await generateSigningKey(), await generateSigningKey()];

function aStore() {
  const store = {
    key: first as SigningKey | Error,
    loads: 0,
    current: async () => {
      store.loads += 1;
      if (store.key instanceof Error) throw store.key;
      return store.key as never;
    },
  };
  let nowMs = 1_000_000;
  const current = new CurrentSigningKey(store, () => new Date(nowMs));
  return { store, current, pass: (milliseconds: number) => (nowMs += milliseconds) };
}

describe('CurrentSigningKey', () => {
  it('asks once for callers at the same time and for some seconds', async () => {
    const { store, current, pass } = aStore();
    expect(await Promise.all([current.get(), current.get()])).toEqual([first, first]);
    pass(4_999);
    store.key = second;
    expect(await current.get()).toBe(first);
    expect(store.loads).toBe(1);
  });

  it('has the new key after five seconds, and at once when the clock was set back', async () => {
    const { store, current, pass } = aStore();
    await current.get();
    store.key = second;
    pass(5_000);
    expect(await current.get()).toBe(second);
    store.key = first;
    pass(-1);
    expect(await current.get()).toBe(first);
  });

  it('keeps no failure', async () => {
    const { store, current } = aStore();
    store.key = new Error('no database');
    await expect(current.get()).rejects.toThrow('no database');
    store.key = first;
    expect(await current.get()).toBe(first);
  });
});
