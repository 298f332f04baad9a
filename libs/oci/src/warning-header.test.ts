import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatWarning, formatWarnings, parseWarnings } from './warning-header.js';

const printable = fc.stringMatching(/^[\x20-\x7e]+$/);

describe('formatWarning', () => {
  it('has code 299, no agent and no date (P28; distribution-spec, "Warnings")', () => {
    expect(formatWarning('namespace acme is almost full')).toBe('299 - "namespace acme is almost full"');
    expect(formatWarning('say "hello" \\ bye')).toBe('299 - "say \\"hello\\" \\\\ bye"');
  });

  it('is a header line whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(formatWarning(text)).toMatch(/^299 - "(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*"$/);
      }),
    );
  });
});

describe('formatWarnings', () => {
  it('keeps to 4096 bytes, and to the first ones', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 3000 })), (texts) => {
        const values = formatWarnings(texts);
        expect(values.join('').length).toBeLessThanOrEqual(4096);
        expect(texts.map(formatWarning)).toEqual(expect.arrayContaining(values));
      }),
    );
    expect(formatWarnings(['x'.repeat(5000), 'short'])).toEqual(['299 - "short"']);
  });
});

describe('parseWarnings', () => {
  it('reads back what was written, also joined to one line as proxies do', () => {
    fc.assert(
      fc.property(fc.array(printable, { maxLength: 5 }), (texts) => {
        expect(parseWarnings(texts.map(formatWarning).join(', '))).toEqual(texts);
      }),
    );
  });

  it.each([null, undefined, '', '299', '299 -', '299 - text', '299 - "open', '"text"'])(
    'finds none in %s',
    (header) => {
      expect(parseWarnings(header)).toEqual([]);
    },
  );

  it('reads one with an agent and a date', () => {
    expect(parseWarnings('110 proxy:80 "Response is stale" "Sat, 21 Nov 2026 07:00:00 GMT"')).toEqual([
      'Response is stale',
    ]);
  });
});
