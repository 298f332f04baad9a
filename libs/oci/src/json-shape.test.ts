import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf } from '../test/manifest-samples.js';
import { findJsonShapeFault, type JsonShapeFault } from './json-shape.js';

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('findJsonShapeFault', () => {
  // security.md 5.3
  it.each<[string, string, JsonShapeFault | undefined]>([
    ['an object', '{"a":1,"b":[{"a":1},{"a":2}]}', undefined],
    ['the same name in different objects', '{"a":{"a":{"a":1}}}', undefined],
    ['a value like a name', '{"a":"a","b":"a"}', undefined],
    ['colons, brackets and quotes in strings', '{"a":"x:y[{\\"]}","b":":"}', undefined],
    ['a string that ends with a backslash', '{"a":"\\\\","b":1}', undefined],
    ['a whole surrogate pair, escaped', '{"a":"\\ud83d\\ude00"}', undefined],
    ['a name twice', '{"a":1,"a":2}', 'duplicate member'],
    ['a name twice, with others between', '{"a":1,"b":{"c":[]},"a":2}', 'duplicate member'],
    ['a name twice, once by an escape', '{"layers":1,"\\u006cayers":2}', 'duplicate member'],
    ['a name twice, by two spellings of one escape', '{"\\u002f":1,"\\/":2}', 'duplicate member'],
    ['__proto__ twice', '{"__proto__":1,"__proto__":2}', 'duplicate member'],
    ['a name twice in a nested object', '[[{"x":{"a":1,"a":1}}]]', 'duplicate member'],
    ['32 levels', nested(32), undefined],
    ['33 levels', nested(33), 'too deep'],
    ['33 levels that never close', '['.repeat(33), 'too deep'],
    ['33 levels of objects', `${'{"a":'.repeat(33)}1${'}'.repeat(33)}`, 'too deep'],
    ['32 levels many times over', `[${Array(100).fill(nested(31)).join(',')}]`, undefined],
    ['a byte order mark', '\uFEFF{}', 'byte order mark'],
    ['a high surrogate alone', '{"a":"\\ud800"}', 'not text'],
    ['a low surrogate alone', '{"a":"x\\udc00y"}', 'not text'],
    ['a surrogate in a name', '{"\\ud800":1}', 'not text'],
    ['NUL', '{"a":"\\u0000"}', 'not text'],
  ])('sees %s', (_, json, expected) => {
    expect(findJsonShapeFault(bytesOf(json))).toBe(expected);
  });

  it.each([
    ['a byte that is no UTF-8', [0x22, 0xff, 0x22]],
    ['an overlong slash', [0x22, 0xc0, 0xaf, 0x22]],
    ['a surrogate in UTF-8', [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ['half a character', [0x22, 0xe2, 0x82]],
    ['UTF-16 with its mark', [0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]],
  ])('sees %s', (_, bytes) => {
    expect(findJsonShapeFault(new Uint8Array(bytes))).toBe('not UTF-8');
  });

  it.each(['', '{', '"', '"\\', '{"a"', '{"a":"\\x","a"', ':::', ']]]]', '{"a":1,}', 'nul'])(
    'leaves the syntax error in %j to JSON.parse',
    (json) => {
      expect(findJsonShapeFault(bytesOf(json))).toBeUndefined();
      expect(() => JSON.parse(json) as unknown).toThrow(SyntaxError);
    },
  );

  it('finds nothing in what JSON.stringify wrote, whatever it is', () => {
    const value = fc
      .jsonValue({ maxDepth: 20, stringUnit: 'grapheme' })
      .filter((json) => !JSON.stringify(json).includes('\\u0000'));
    fc.assert(
      fc.property(value, (json) => {
        expect(findJsonShapeFault(bytesOf(JSON.stringify(json, null, 1)))).toBeUndefined();
      }),
    );
  });

  it('agrees with JSON.parse on whether a member was lost', () => {
    const name = fc.constantFrom('a', '\\u0061', 'b', '__proto__', '\\u005f_proto__', ':', '\\"');
    fc.assert(
      fc.property(fc.array(name, { maxLength: 5 }), (names) => {
        const json = `{${names.map((text) => `"${text}":{"n":1}`).join(',')}}`;
        const isLost = Object.keys(JSON.parse(json) as object).length < names.length;
        expect(findJsonShapeFault(bytesOf(json))).toBe(isLost ? 'duplicate member' : undefined);
      }),
    );
  });
});
