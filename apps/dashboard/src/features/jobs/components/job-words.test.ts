import { describe, expect, it } from 'vitest';
import { countersText, durationText, intervalText, stateText, titleOf } from './job-words';

describe('a job in words', () => {
  it('names kinds as people would', () => {
    expect(titleOf('bulk-delete')).toBe('Bulk delete');
  });

  it('tells what was done, and not what was not', () => {
    expect(countersText({ deletedTags: 1200, freedBytes: 2048, kept: 0 })).toBe('1,200 deleted tags · freed 2 KiB');
    expect(countersText({ repositories: 1, keptTags: 1 })).toBe('1 repository · 1 kept tag');
  });

  it('says what a run waits for, and what it was asked', () => {
    const run = { state: 'queued', asked: null, waitsFor: null } as const;
    expect(stateText(run)).toBe('Waiting');
    expect(stateText({ ...run, waitsFor: 'read-only' })).toBe('Waits: read-only');
    expect(stateText({ ...run, state: 'running', asked: 'pause' })).toBe('Being paused');
  });

  it.each([
    [5, '5 seconds'],
    [60, 'minute'],
    [3_600, 'hour'],
    [7_200, '2 hours'],
    [86_400, 'day'],
    [1.5, '1.5 seconds'],
    [90, '90 seconds'],
  ])('every %d seconds is every %s', (seconds, text) => {
    expect(intervalText(seconds)).toBe(text);
  });

  it.each([
    [0.04, 'under 0.1 s'],
    [0.42, '0.4 s'],
    [12.3, '12 s'],
    [300, '5 min'],
    [9_000, '2.5 h'],
  ])('%d seconds take %s', (seconds, text) => {
    expect(durationText(seconds)).toBe(text);
  });
});
