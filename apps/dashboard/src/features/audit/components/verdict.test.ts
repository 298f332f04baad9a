import { expect, test } from 'vitest';
import { verdictOf } from './verdict';

const whole = { head: null, sealedEvents: 12, openEvents: 0, redactedEvents: 0, firstBreak: null };

test('a verdict is a sentence', () => {
  expect(verdictOf(whole)).toBe('All 12 sealed events are as they were written.');
  expect(verdictOf({ ...whole, sealedEvents: 1, redactedEvents: 1 })).toBe(
    'The one sealed event is as it was written. Names were removed from 1 on purpose.',
  );
  expect(verdictOf({ ...whole, firstBreak: { what: 'event changed', sequence: 3, eventId: '99' } })).toMatch(
    /^Event 99 was changed after it was sealed\./,
  );
  expect(verdictOf({ ...whole, firstBreak: { what: 'seal missing', sequence: 3, eventId: null } })).toMatch(
    /^Seal 3 is gone\./,
  );
});
