import { describe, expect, it } from 'vitest';
import { PasswordHasher } from './password.js';
import { PasswordQueueFullError } from './password-queue.js';

const hasher = new PasswordHasher();

describe('PasswordHasher', () => {
  it('hashes with argon2id at the agreed cost and a salt of its own', async () => {
    const [one, other] = await Promise.all([hasher.hash('correct horse'), hasher.hash('correct horse')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(other);
  });

  it('tells the right password from others', async () => {
    const hashed = await hasher.hash('correct horse');
    expect(await hasher.verify(hashed, 'correct horse')).toBe(true);
    expect(await hasher.verify(hashed, 'correct horse ')).toBe(false);
    expect(await hasher.verify(hashed, '')).toBe(false);
  });

  it('takes the same characters in another composition', async () => {
    const hashed = await hasher.hash('caf\u{e9} \u{ff21}');
    expect(await hasher.verify(hashed, 'cafe\u{301} A')).toBe(true);
  });

  it('compares all of a long password, and the part after a NUL', async () => {
    const long = 'a'.repeat(200);
    expect(await hasher.verify(await hasher.hash(`${long}x`), `${long}y`)).toBe(false);
    expect(await hasher.verify(await hasher.hash('a\0b'), 'a\0c')).toBe(false);
  });

  it('never takes more than 1024 characters', async () => {
    const longest = 'a'.repeat(1024);
    await expect(hasher.hash(`${longest}a`)).rejects.toThrow(RangeError);
    const hashed = await hasher.hash(longest);
    expect(await hasher.verify(hashed, longest)).toBe(true);
    expect(await hasher.verify(hashed, `${longest}a`)).toBe(false);
  });

  it('is false without a hash', async () => {
    expect(await hasher.verify(undefined, 'correct horse')).toBe(false);
    expect(await hasher.verify(undefined, '')).toBe(false);
  });

  it('does not take a broken hash for a wrong password', async () => {
    await expect(hasher.verify('not a hash', 'correct horse')).rejects.toThrow();
  });

  it('makes an unknown user wait in the same queue', async () => {
    const full = new PasswordHasher({ concurrency: 1, maxQueued: 1 });
    const results = await Promise.allSettled([1, 2, 3].map(() => full.verify(undefined, 'x')));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(results[2]).toMatchObject({ reason: expect.any(PasswordQueueFullError) });
    expect(() => full.refuseWhenFull()).not.toThrow();
  });

  it('says before any work that there is no room', async () => {
    const full = new PasswordHasher({ concurrency: 1, maxQueued: 1 });
    const waiting = [full.verify(undefined, 'x'), full.verify(undefined, 'x')];
    expect(() => full.refuseWhenFull()).toThrow(PasswordQueueFullError);
    await Promise.all(waiting);
    expect(() => full.refuseWhenFull()).not.toThrow();
  });
});
