import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  generateSecretToken,
  hashSecretToken,
  hintOf,
  parseSecretToken,
  type SecretTokenKind,
} from './secret-token.js';

const anyKind = fc.constantFrom<SecretTokenKind>('access', 'refresh', 'code', 'job');

describe('secret tokens', () => {
  it('have the checksum of the test vector in the README', () => {
    const text = 'stw_pat_0123456789ABCDEFGHIJKLMNOPQRSTUV444xBA';
    expect(parseSecretToken(text)).toEqual({ kind: 'access', text });
  });

  it.each([
    ['access', /^stw_pat_[0-9A-Za-z]{38}$/],
    ['refresh', /^stw_ref_[0-9A-Za-z]{38}$/],
    ['code', /^stw_otc_[0-9A-Za-z]{38}$/],
    ['job', /^stw_job_[0-9A-Za-z]{38}$/],
  ] as const)('say that they are of kind %s', (kind, expected) => {
    expect(generateSecretToken(kind).text).toMatch(expected);
  });

  it('are read back as what they were made', () => {
    fc.assert(
      fc.property(anyKind, (kind) => {
        const made = generateSecretToken(kind);
        expect(made.kind).toBe(kind);
        expect(parseSecretToken(made.text)).toEqual(made);
      }),
    );
  });

  it('use the whole alphabet and never repeat', () => {
    const texts = Array.from({ length: 500 }, () => generateSecretToken('access').text);
    expect(new Set(texts).size).toBe(500);
    expect(new Set(texts.flatMap((text) => text.slice(8, 40).split(''))).size).toBe(62);
  });

  it('are unknown with one character changed', () => {
    fc.assert(
      fc.property(anyKind, fc.nat({ max: 45 }), fc.constantFrom('0', 'Z', 'a', '_'), (kind, at, character) => {
        const { text } = generateSecretToken(kind);
        fc.pre(text[at] !== character);
        expect(parseSecretToken(text.slice(0, at) + character + text.slice(at + 1))).toBeUndefined();
      }),
    );
  });

  it('do not pass as another kind', () => {
    const { text } = generateSecretToken('refresh');
    expect(parseSecretToken(text.replace('stw_ref_', 'stw_pat_'))).toBeUndefined();
  });

  it.each(['', 'stw_pat_', 'hunter2', ' ', `stw_pat_${'0'.repeat(38)}`, 'stw_'.repeat(16 * 1024)])(
    'are not %j',
    (text) => {
      expect(parseSecretToken(text)).toBeUndefined();
    },
  );

  it('are unknown with anything around them', () => {
    const { text } = generateSecretToken('access');
    for (const wrapped of [` ${text}`, `${text}\n`, `${text}0`, text.toUpperCase(), text.slice(0, -1)]) {
      expect(parseSecretToken(wrapped)).toBeUndefined();
    }
  });

  it('are stored as their SHA-256 and recognised by their first characters', () => {
    const { text } = generateSecretToken('access');
    expect(hashSecretToken(text).toString('hex')).toBe(createHash('sha256').update(text).digest('hex'));
    expect(hintOf(text)).toBe(text.slice(0, 12));
  });
});
