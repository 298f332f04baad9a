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
    ['2024-11-21T12:00:00Z', '2 years ago'],
  ])('says when %s was', (iso, text) => {
    expect(relativeTime(iso, NOW)).toBe(text);
  });
});
