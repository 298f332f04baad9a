import { expect, test } from 'vitest';
import { redact, redactText } from './redact.js';

test.for([
  'authorization',
  'Authorization',
  'cookie',
  'set-cookie',
  'Set-Cookie',
  'password',
  'token',
  'access_token',
  'accessToken',
  'refresh_token',
  'secret',
])('hides %s at any depth', (name) => {
  expect(redact({ [name]: 'x' })).toEqual({ [name]: '[redacted]' });
  expect(redact({ request: { headers: [{ [name]: ['x'] }] } })).toEqual({
    request: { headers: [{ [name]: '[redacted]' }] },
  });
});

test('leaves what only sounds like a secret, and says when a secret is absent', () => {
  const fields = { tokenId: 'id', tokens: 3, secretsRotated: true, password: undefined };
  expect(redact(fields)).toEqual(fields);
});

test('finds credentials in texts', () => {
  expect(redactText('got Bearer eyJhbGciOi.J9-_x and basic dXNlcjpwYXNz')).toBe(
    'got Bearer [redacted] and basic [redacted]',
  );
  expect(redact({ url: 'postgresql://u:p@db:5432/x?y=1', plain: 'http://localhost:8080/a@b' })).toEqual({
    url: 'postgresql://[redacted]@db:5432/x?y=1',
    plain: 'http://localhost:8080/a@b',
  });
});

test('does not change what it was given, and keeps lines short', () => {
  const circular: Record<string, unknown> = {
    long: 'x'.repeat(1 << 20),
    bytes: Buffer.alloc(1 << 20),
    when: new Date(0),
    password: 'x',
  };
  circular['self'] = circular;
  const copy = redact(circular);
  expect(copy).toMatchObject({ bytes: '[1048576 bytes]', when: '1970-01-01T00:00:00.000Z', password: '[redacted]' });
  expect(JSON.stringify(copy).length).toBeLessThan(80_000);
  expect(circular['password']).toBe('x');
});
