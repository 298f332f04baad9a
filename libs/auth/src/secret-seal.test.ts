import { describe, expect, it } from 'vitest';
import { SealBrokenError, SecretSeal } from './secret-seal.js';
import { generateSecretToken } from './secret-token.js';

const key = SecretSeal.generateKey();
const seal = new SecretSeal(key);

describe('SecretSeal', () => {
  it('gives back what it sealed, in this process and in another with the same key', () => {
    const { text } = generateSecretToken('code');
    const sealed = seal.seal(text, 'one');
    expect(seal.open(sealed, 'one')).toBe(text);
    expect(new SecretSeal(key).open(sealed, 'one')).toBe(text);
    expect(Buffer.from(sealed).includes(text.slice(8, 20))).toBe(false);
  });

  it('never seals to the same bytes', () => {
    expect(Buffer.from(seal.seal('x', 'one')).equals(seal.seal('x', 'one'))).toBe(false);
  });

  it('does not open for another purpose or with another key', () => {
    const sealed = seal.seal('secret', 'one');
    expect(() => seal.open(sealed, 'two')).toThrow(SealBrokenError);
    expect(() => new SecretSeal(SecretSeal.generateKey()).open(sealed, 'one')).toThrow(SealBrokenError);
  });

  it('does not open what was changed or cut at any place', () => {
    const sealed = seal.seal('secret', 'one');
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = sealed.slice();
      changed[at] = changed[at]! ^ 1;
      expect(() => seal.open(changed, 'one')).toThrow(SealBrokenError);
      expect(() => seal.open(sealed.slice(0, at), 'one')).toThrow(SealBrokenError);
    }
  });

  it.each(['', 'short', 'A'.repeat(44)])('has no key %j', (bad) => {
    expect(() => new SecretSeal(bad)).toThrow(RangeError);
  });
});
