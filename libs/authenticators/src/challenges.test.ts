import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Challenges } from './challenges.js';

const NOW = 1_800_000_000;
const challenges = new Challenges('x'.repeat(48));
const issue = (purpose = 'sign-in', of = challenges) => Buffer.from(of.issue(purpose, NOW)).toString('base64url');

describe('a challenge', () => {
  it('is always another one, and counts for five minutes', () => {
    const challenge = issue();
    expect(issue()).not.toBe(challenge);
    const until = new Date((NOW + 300) * 1000);
    expect(challenges.spentUntil(challenge, 'sign-in', NOW)).toEqual(until);
    expect(challenges.spentUntil(challenge, 'sign-in', NOW + 299.9)).toEqual(until);
    expect(challenges.spentUntil(challenge, 'sign-in', NOW + 300)).toBeUndefined();
  });

  it('counts for its purpose and for the secret that made it', () => {
    expect(challenges.spentUntil(issue('register 1'), 'register 2', NOW)).toBeUndefined();
    expect(challenges.spentUntil(issue('sign-in', new Challenges('y'.repeat(48))), 'sign-in', NOW)).toBeUndefined();
  });

  it('is nothing when any bit of it is another', () => {
    const bytes = Buffer.from(issue(), 'base64url');
    fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const forged = Buffer.from(bytes);
        forged[at] = (forged[at] ?? 0) ^ flip;
        expect(challenges.spentUntil(forged.toString('base64url'), 'sign-in', NOW)).toBeUndefined();
      }),
    );
  });

  it.each(['', 'AAAA', `${issue()}A`, `${issue()}=`, issue().slice(1), '\0'])('is not %j', (text) => {
    expect(challenges.spentUntil(text, 'sign-in', NOW)).toBeUndefined();
  });
});
