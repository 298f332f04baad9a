import { expect, test } from 'vitest';
import { readRequestId } from './request-id.js';

test('keeps the id that a proxy gave', () => {
  expect(readRequestId('4bf92f35-77b3.4da6_a3ce')).toBe('4bf92f35-77b3.4da6_a3ce');
});

test.for([undefined, '', 'short', 'a\r\nSet-Cookie: x', 'x'.repeat(65), ['12345678', '12345678']])(
  'makes a new one instead of %j',
  (header) => {
    expect(readRequestId(header)).toMatch(/^[0-9a-f-]{36}$/);
  },
);
