import { describe, expect, it } from 'vitest';
import { credentialWarning } from './credential-warning.js';

const now = new Date('2026-11-21T08:00:00Z');
const page = new URL('https://registry.example/access-tokens');
const warningAt = (end: string | null) =>
  credentialWarning({ credentialExpiresAt: end === null ? null : new Date(end) }, { page, now });

describe('credentialWarning', () => {
  it('says when the access token ends and where the next one is made (P28)', () => {
    expect(warningAt('2026-11-24T09:30:00Z')).toBe(
      'your access token ends in 3 days, on 2026-11-24; make a new one: https://registry.example/access-tokens',
    );
  });

  it.each([
    [null, undefined],
    ['2027-02-21T08:00:00Z', undefined],
    ['2026-11-28T08:00:01Z', undefined],
    ['2026-11-28T08:00:00Z', 'ends in 7 days, on 2026-11-28'],
    ['2026-11-22T08:00:00Z', 'ends in 1 day, on 2026-11-22'],
    ['2026-11-22T07:59:59Z', 'ends within a day, at 2026-11-22T07:59Z'],
    ['2026-11-21T08:00:00Z', 'has ended on 2026-11-21'],
  ])('of a token until %s is %s', (end, expected) => {
    expect(warningAt(end)?.match(/token (.*);/)?.[1]).toBe(expected);
  });
});
