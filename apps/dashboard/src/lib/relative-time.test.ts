import { describe, expect, it } from 'vitest';
import { relativeTime } from './relative-time';

const NOW = Date.parse('2026-11-21T12:00:00Z');

describe('relativeTime', () => {
  it.each([
    ['2026-11-21T11:59:30Z', 'just now'],
    ['2026-11-21T12:00:20Z', 'just now'],
    ['2026-11-21T11:15:00Z', '45 minutes ago'],
    ['2026-11-20T12:00:00Z', 'yesterday'],
    ['2026-12-20T12:00:00Z', 'in 4 weeks'],
    ['2026-11-28T11:59:59Z', 'in 7 days'],
    ['2026-11-28T12:00:01Z', 'in 7 days'],
    ['2026-11-22T11:59:59Z', 'in 24 hours'],
    ['2026-11-14T11:59:59Z', 'last week'],
    ['2024-11-21T12:00:00Z', '2 years ago'],
  ])('says when %s was', (iso, text) => {
    expect(relativeTime(iso, NOW)).toBe(text);
  });
});
