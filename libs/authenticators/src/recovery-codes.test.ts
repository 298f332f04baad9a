import { describe, expect, it } from 'vitest';
import { generateRecoveryCodes, hashRecoveryCode, parseRecoveryCode } from './recovery-codes.js';

describe('recovery codes', () => {
  it('are ten, all different, and use every letter', () => {
    const codes = Array.from({ length: 100 }, generateRecoveryCodes);
    expect(codes.every((some) => some.length === 10)).toBe(true);
    const all = codes.flat();
    expect(new Set(all).size).toBe(1000);
    expect(all.every((code) => /^([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$/.test(code))).toBe(true);
    expect(new Set(all.join('').replaceAll('-', '')).size).toBe(32);
  });

  it('are the same however they are typed', () => {
    for (const code of generateRecoveryCodes()) {
      expect(parseRecoveryCode(code)).toBe(code);
      expect(parseRecoveryCode(` ${code.toUpperCase().replaceAll('-', ' ')} `)).toBe(code);
      expect(parseRecoveryCode(code.replaceAll('0', 'O').replaceAll('1', 'l'))).toBe(code);
    }
  });

  it.each(['', '123456', '7k2m-9qpx-04tb-vz8', '7k2m-9qpx-04tb-vz8hh', '7k2m-9qpx-04tb-vz8u', '7k2m_9qpx_04tb_vz8h'])(
    'are not %j',
    (text) => {
      expect(parseRecoveryCode(text)).toBeUndefined();
    },
  );

  it('are found by their hash', () => {
    expect(hashRecoveryCode('7k2m-9qpx-04tb-vz8h').toString('hex')).toBe(
      'f5b3c9f8f6aee7f00a1fe38b6ed40cd1bfbec12e98b52e87229287a1d3d2bb22',
    );
  });
});
