import fc from 'fast-check';
import { type Digest, formatDigest } from '../src/digest.js';

const HEX = '0123456789abcdef'.split('');

const hexOf = (length: number) => fc.string({ unit: fc.constantFrom(...HEX), minLength: length, maxLength: length });

export const anyDigest: fc.Arbitrary<Digest> = fc.oneof(
  hexOf(64).map((hex) => formatDigest('sha256', hex)),
  hexOf(128).map((hex) => formatDigest('sha512', hex)),
);

export const anyTag = fc.stringMatching(/^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/);

const component = fc.stringMatching(/^[a-z0-9]{1,5}((\.|_|__|-{1,3})[a-z0-9]{1,5}){0,2}$/);

export const anyName = fc.array(component, { minLength: 2, maxLength: 8 }).map((components) => components.join('/'));
