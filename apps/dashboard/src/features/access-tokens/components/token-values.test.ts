import { createAccessTokenSchema } from '@stowage/contracts';
import { describe, expect, it } from 'vitest';
import { firstValues, guessFor, problemsOfStep, PURPOSES, toCreateToken, type TokenFormValues } from './token-values';

const VALUES: TokenFormValues = { ...firstValues(['acme', 'ada']), name: ' laptop ' };

describe('toCreateToken', () => {
  it('asks for everything by naming no grants', () => {
    expect(toCreateToken(VALUES)).toEqual({ name: 'laptop', expiresInDays: 90 });
  });

  it('limits the token to repositories of one namespace in the form that the API takes', () => {
    const drafts = [{ path: 'team/*', actions: ['push', 'pull'] as const }];
    const body = toCreateToken({ ...VALUES, expiry: 'never', scope: 'grants', drafts, api: true });
    expect(body).toEqual({
      name: 'laptop',
      expiresInDays: null,
      grants: [{ repository: 'acme/team/*', actions: ['pull', 'push', 'api'] }],
    });
    expect(createAccessTokenSchema.safeParse(body).success).toBe(true);
  });

  it.each(PURPOSES.map(({ value }) => value))('takes the guess for "%s" as it is', (purpose) => {
    const values = { ...VALUES, ...guessFor(purpose) };
    expect(createAccessTokenSchema.safeParse(toCreateToken(values)).success).toBe(true);
    expect([0, 1, 2].map((step) => problemsOfStep(step, values))).toEqual([{}, {}, {}]);
  });
});

describe('problemsOfStep', () => {
  it('is about its own step alone', () => {
    const values: TokenFormValues = { ...VALUES, name: ' ', scope: 'grants', drafts: [] };
    expect(Object.keys(problemsOfStep(0, values))).toEqual(['name']);
    expect(Object.keys(problemsOfStep(1, values))).toEqual(['drafts']);
    expect(Object.keys(problemsOfStep(1, { ...values, namespace: '' }))).toEqual(['namespace']);
    expect(problemsOfStep(1, { ...values, scope: 'all' })).toEqual({});
    expect(problemsOfStep(2, values)).toEqual({});
  });
});
