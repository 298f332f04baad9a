import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { KeySet } from './key-set.js';
import type { PublicKey } from './public-key.js';
import { generateSigningKey, type SigningKey } from './signing-key.js';

let one: SigningKey;
let two: SigningKey;
let nowMs: number;
let stored: PublicKey[];
const load = vi.fn<() => Promise<PublicKey[]>>();
const newSet = () => new KeySet({ load, clock: () => new Date(nowMs) });

beforeAll(async () => {
  one = await generateSigningKey();
  two = await generateSigningKey();
});

beforeEach(() => {
  nowMs = 1_000_000;
  stored = [one];
  load.mockReset();
  load.mockImplementation(async () => [...stored]);
});

describe('KeySet', () => {
  it('loads once for many callers and imports each key once', async () => {
    const keys = newSet();
    const found = await Promise.all(Array.from({ length: 50 }, () => keys.find(one.kid)));
    expect(new Set(found).size).toBe(1);
    expect(await keys.find(one.kid)).toBe(found[0]);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('keeps the imported key when a later load brings it again', async () => {
    const keys = newSet();
    const first = await keys.find(one.kid);
    nowMs += 30_000;
    expect(await keys.find(one.kid)).toBe(first);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('imports anew when the same id names another key', async () => {
    const keys = newSet();
    const first = await keys.find(one.kid);
    stored = [{ kid: one.kid, publicJwk: two.publicJwk }];
    nowMs += 30_000;
    expect(await keys.find(one.kid)).not.toBe(first);
  });

  it('forgets a removed key within its age', async () => {
    const keys = newSet();
    await keys.find(one.kid);
    stored = [two];
    nowMs += 29_999;
    expect(await keys.find(one.kid)).toBeDefined();
    nowMs += 1;
    expect(await keys.find(one.kid)).toBeUndefined();
  });

  it('forgets a removed key when the clock was set back', async () => {
    const keys = newSet();
    await keys.find(one.kid);
    stored = [two];
    nowMs -= 3_600_000;
    expect(await keys.find(one.kid)).toBeUndefined();
  });

  it('finds a new key at once, but asks for unknown ids once a second at most', async () => {
    const keys = newSet();
    await keys.find(one.kid);
    stored = [one, two];
    nowMs += 1_000;
    expect(await keys.find(two.kid)).toBeDefined();
    await Promise.all(Array.from({ length: 50 }, (_, at) => keys.find(`forged-${at}`)));
    expect(load).toHaveBeenCalledTimes(2);
    nowMs += 999;
    expect(await keys.find('forged')).toBeUndefined();
    expect(load).toHaveBeenCalledTimes(2);
    nowMs += 1;
    expect(await keys.find('forged')).toBeUndefined();
    expect(load).toHaveBeenCalledTimes(3);
  });

  it('fails with the store, and works again with it', async () => {
    const keys = newSet();
    load.mockRejectedValueOnce(new Error('no database'));
    await expect(Promise.all([keys.find(one.kid), keys.find(two.kid)])).rejects.toThrow('no database');
    expect(await keys.find(one.kid)).toBeDefined();
  });

  it('never uses keys past their age because the store fails', async () => {
    const keys = newSet();
    await keys.find(one.kid);
    nowMs += 30_000;
    load.mockRejectedValueOnce(new Error('no database'));
    await expect(keys.find(one.kid)).rejects.toThrow('no database');
  });

  it('does not let a broken key spoil the others', async () => {
    stored = [one, { kid: 'secret', publicJwk: { kty: 'oct', k: 'c2VjcmV0' } }];
    const keys = newSet();
    expect(await keys.find(one.kid)).toBeDefined();
    await expect(keys.find('secret')).rejects.toThrow(TypeError);
  });

  it.each(['', '__proto__', 'constructor', '../../key'])('knows no key %j', async (kid) => {
    expect(await newSet().find(kid)).toBeUndefined();
  });
});
