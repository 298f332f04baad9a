import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPossible, MalformedCredentialsError, parseBasicCredentials } from './basic-credentials.js';

const encode = (text: string) => Buffer.from(text).toString('base64');

describe('parseBasicCredentials', () => {
  it('reads back any name without a colon, and any password', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !text.includes(':'));
    fc.assert(
      fc.property(name, fc.string({ unit: 'grapheme' }), (login, password) => {
        expect(parseBasicCredentials(`Basic ${encode(`${login}:${password}`)}`)).toEqual({ login, password });
      }),
    );
  });

  it.each(['basic', 'BASIC', 'Basic  '])('takes the scheme as %j', (scheme) => {
    expect(parseBasicCredentials(`${scheme} ${encode('a:b')}`)).toEqual({ login: 'a', password: 'b' });
  });

  it('reads no header, and an empty name and password, as no credentials', () => {
    expect(parseBasicCredentials(undefined)).toBeUndefined();
    expect(parseBasicCredentials(`Basic ${encode(':')}`)).toBeUndefined();
  });

  it.each([
    '',
    'Basic',
    'Basic ',
    'Basic *',
    `Basic ${encode('ab')}`,
    `Bearer ${encode('a:b')}`,
    `Basic ${encode('a:b')} x`,
  ])('refuses %j', (header) => {
    expect(() => parseBasicCredentials(header)).toThrow(MalformedCredentialsError);
  });
});

describe('isPossible', () => {
  it.each([
    ['alice', 'secret', true],
    ['alice@example.com', 'with space\tand tab', true],
    ['', 'secret', false],
    ['alice', '', false],
    ['ali\0ce', 'secret', false],
    ['ali\nce', 'secret', false],
    ['alice', 'sec\0ret', false],
  ])('of %j and %j is %j', (login, password, expected) => {
    expect(isPossible({ login, password })).toBe(expected);
  });
});
