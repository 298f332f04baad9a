import { describe, expect, it } from 'vitest';
import { credentialWarning } from './credential-warning.js';

const now = new Date('2026-11-21T08:00:00Z');
const publicUrl = new URL('https://registry.example');
const alice = { kind: 'user', id: 'u1', name: 'alice' } as const;
const warningAt = (end: string | null) =>
  credentialWarning({ principal: alice, credentialExpiresAt: end === null ? null : new Date(end) }, { publicUrl, now });

describe('credentialWarning', () => {
  it('says when the access token ends and where the next one is made (P28)', () => {
    expect(warningAt('2026-11-24T09:30:00Z')).toBe(
      'your access token ends in 3 days, on 2026-11-24; make a new one: https://registry.example/access-tokens',
    );
  });

  it('says when a robot ends, and where that is changed', () => {
    const principal = { kind: 'robot', id: 'r1', name: 'acme.io.ci' } as const;
    const credentialExpiresAt = new Date('2026-11-24T09:30:00Z');
    expect(credentialWarning({ principal, credentialExpiresAt }, { publicUrl, now })).toBe(
      'the robot acme.io.ci ends in 3 days, on 2026-11-24; give it more time: https://registry.example/n/acme.io/robots',
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
