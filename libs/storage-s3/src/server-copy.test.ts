import { describe, expect, it } from 'vitest';
import { CopyPace } from './copy-pace.js';
import { piecesOf } from './server-copy.js';

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;

describe('the pieces of a copy', () => {
  it.each([1, 32 * MIB, 32 * MIB + 1, 5 * GIB + 1, 50 * GIB, 1024 * GIB, 4_995 * GIB])('cover %d bytes', (size) => {
    const pieces = piecesOf(size);
    expect(pieces.length).toBeLessThanOrEqual(1_000);
    expect(pieces.at(-1)?.last).toBe(size - 1);
    pieces.forEach(({ number, first, last }, index) => {
      expect(number).toBe(index + 1);
      expect(first).toBe((pieces[index - 1]?.last ?? -1) + 1);
      expect(last - first).toBeLessThan(5 * GIB);
      if (number < pieces.length) expect(last - first + 1).toBeGreaterThanOrEqual(32 * MIB);
    });
  });
});

describe('the pace of copies', () => {
  it('is thought quick until one was tried', () => {
    expect(new CopyPace().isQuickFor(5 * GIB)).toBe(true);
  });

  it('stays quick where the service notes a second name', () => {
    const pace = new CopyPace();
    pace.note(256 * MIB, 80);
    expect(pace.isQuickFor(2 * GIB)).toBe(true);
  });

  it('asks for pieces where the service moves the bytes, and for none of what is small', () => {
    const pace = new CopyPace();
    pace.note(64 * MIB, 800);
    expect(pace.isQuickFor(256 * MIB)).toBe(false);
    expect(pace.isQuickFor(40 * MIB)).toBe(true);
  });

  it('is not judged by what is small', () => {
    const pace = new CopyPace();
    pace.note(1_000, 50);
    expect(pace.isQuickFor(GIB)).toBe(true);
  });
});
