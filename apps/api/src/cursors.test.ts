import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCursor, toPage } from './cursors.js';

const toItem = { item: (row: string) => row, key: (row: string) => row };
const key = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !text.includes('\0'));

describe('a cursor', () => {
  it('leads on from the entry that it was made of, whatever its key is', () => {
    fc.assert(
      fc.property(fc.array(key, { minLength: 1, maxLength: 5 }), key, (rows, more) => {
        const { items, nextCursor } = toPage([...rows, more], rows.length, toItem);
        expect(items).toEqual(rows);
        expect(parseCursor(nextCursor ?? undefined)).toBe(rows.at(-1));
      }),
    );
  });

  it('is none on the last page, which begins with nothing', () => {
    expect(toPage(['a'], 1, toItem).nextCursor).toBeNull();
    expect(toPage([], 1, toItem)).toEqual({ items: [], nextCursor: null });
    expect(parseCursor(undefined)).toBe('');
  });

  it('is refused with 400 where it is not one of ours, and nothing else is ever thrown', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String(), fc.string({ unit: 'binary' })), (text) => {
        let outcome: unknown;
        try {
          outcome = Buffer.from(parseCursor(text), 'utf8').toString('base64url');
        } catch (error) {
          expect(error).toMatchObject({ name: 'ProblemError', status: 400 });
          return;
        }
        expect(outcome).toBe(text); // one spelling of each
      }),
    );
  });

  it.each(['', 'AA', '_w', 'YQ==', 'YR', 'a'.repeat(65_537)])('%.20s is none', (text) => {
    expect(() => parseCursor(text)).toThrow(expect.objectContaining({ status: 400 }));
  });
});
