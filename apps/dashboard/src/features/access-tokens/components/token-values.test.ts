import { createAccessTokenSchema } from '@stowage/contracts';
import { describe, expect, it } from 'vitest';
import { type TokenFormValues, toCreateToken, validateToken } from './token-values';

const VALUES: TokenFormValues = { name: ' laptop ', expiry: '90', scope: 'all', namespace: '', actions: ['pull'] };

describe('toCreateToken', () => {
  it('asks for everything by naming no grants', () => {
    expect(toCreateToken(VALUES)).toEqual({ name: 'laptop', expiresInDays: 90 });
  });

  it('limits the token to one namespace in the form that the API takes', () => {
    const body = toCreateToken({
      ...VALUES,
      expiry: 'never',
      scope: 'namespace',
      namespace: 'acme',
      actions: ['pull', 'push'],
    });
    expect(body).toEqual({
      name: 'laptop',
      expiresInDays: null,
      grants: [{ repository: 'acme/*', actions: ['pull', 'push'] }],
    });
    expect(createAccessTokenSchema.safeParse(body).success).toBe(true);
  });
});

describe('validateToken', () => {
  it('wants a namespace and an action only for a limited token', () => {
    expect(validateToken({ ...VALUES, actions: [] })).toEqual({});
    expect(Object.keys(validateToken({ ...VALUES, name: ' ', scope: 'namespace', actions: [] }))).toEqual([
      'name',
      'namespace',
      'actions',
    ]);
  });
});
