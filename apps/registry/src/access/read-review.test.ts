import { type Principal, type RegistryTokenClaims, repositoryAccess } from '@stowage/auth';
import { parseRepositoryName } from '@stowage/oci';
import { beforeEach, describe, expect, it } from 'vitest';
import { ReadReview } from './read-review.js';

const alice: Principal = { kind: 'user', id: '5f0f1c1e-9d0c-4b52-9d3e-111111111111', name: 'alice' };
const [app, tool] = ['acme/app', 'acme/tool'].map((name) => [repositoryAccess(parseRepositoryName(name), ['pull'])]);
const START = Date.parse('2026-11-21T12:00:00Z');

let now: number;
let isAllowed: boolean;
let questions: number;
let reads: ReadReview;

beforeEach(() => {
  [now, isAllowed, questions] = [START, true, 0];
  const review = {
    allows: async () => {
      questions += 1;
      return isAllowed;
    },
  };
  reads = new ReadReview(review, () => now);
});

const claims = (more: Partial<RegistryTokenClaims> = {}): RegistryTokenClaims => ({
  principal: alice,
  credentialId: null,
  credentialExpiresAt: null,
  access: [...app!, ...tool!],
  issuedAt: new Date(START),
  expiresAt: new Date(START + 300_000),
  id: 'one',
  ...more,
});

describe('a read', () => {
  it('asks nothing while the token is new', async () => {
    isAllowed = false;
    expect(await reads.allows(claims(), app!)).toBe(true);
    now += 29_999;
    expect(await reads.allows(claims(), app!)).toBe(true);
    expect(questions).toBe(0);
  });

  it('asks once in half a minute after that, for each token and each repository', async () => {
    now += 30_000;
    for (let request = 0; request < 5; request += 1) expect(await reads.allows(claims(), app!)).toBe(true);
    expect(questions).toBe(1);
    await reads.allows(claims(), tool!);
    await reads.allows(claims({ id: 'two' }), app!);
    expect(questions).toBe(3);
    now += 29_999;
    await reads.allows(claims(), app!);
    expect(questions).toBe(3);
    now += 2;
    await reads.allows(claims(), app!);
    expect(questions).toBe(4);
  });

  it('is refused half a minute after the rights are gone, and allowed at once when they are back', async () => {
    now += 30_000;
    await reads.allows(claims(), app!);
    isAllowed = false;
    now += 30_001;
    expect(await reads.allows(claims(), app!)).toBe(false);
    expect(await reads.allows(claims(), app!)).toBe(false);
    isAllowed = true;
    expect(await reads.allows(claims(), app!)).toBe(true);
  });

  it('of nobody asks each time', async () => {
    const nobody = claims({ principal: null });
    await reads.allows(nobody, app!);
    isAllowed = false;
    expect(await reads.allows(nobody, app!)).toBe(false);
    expect(questions).toBe(2);
  });
});
