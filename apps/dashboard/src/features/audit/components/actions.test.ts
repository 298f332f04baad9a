import { describe, expect, it } from 'vitest';
import { detailText, isGrave, phraseOf, shortTarget } from './actions';

describe('an event in words', () => {
  it('says what was done, or names what it does not know', () => {
    expect(phraseOf('tag.delete')).toBe('Deleted the tag');
    expect(phraseOf('whale.launch')).toBe('whale.launch');
  });

  it('marks what takes something away', () => {
    expect(['tag.delete', 'user.disable', 'login.fail'].map(isGrave)).toEqual([true, true, true]);
    expect(['tag.put', 'user.enable', 'blob.collect'].map(isGrave)).toEqual([false, false, false]);
  });

  it('shortens digests and nothing else', () => {
    expect(shortTarget(`acme/app@sha256:${'ab'.repeat(32)}`)).toBe('acme/app@sha256:abababababab…');
    expect(shortTarget('acme/app:v1')).toBe('acme/app:v1');
  });

  it('tells details in one line', () => {
    expect(detailText({ role: 'owner', tags: ['v1', 'v2'], none: [] })).toBe('role: owner · tags: v1, v2');
    expect(detailText({ sessions: 2, accessTokens: 1, isAdmin: true, isOld: false })).toBe(
      'sessions: 2 · access tokens: 1 · admin',
    );
    expect(detailText({ size: 400_395, claims: { sub: 'x' } })).toBe('size: 391 KiB · claims: {"sub":"x"}');
    expect(detailText({})).toBe('');
  });

  it('says what a change changed', () => {
    const before = { role: 'reader', note: 'old', isAdmin: false, limitBytes: 1024 };
    const after = { role: 'owner', note: 'old', isAdmin: true, limitBytes: 2048 };
    expect(detailText({ before, after })).toBe('role: reader → owner · admin: no → yes · limit bytes: 1 KiB → 2 KiB');
    expect(detailText({ before: null, after: { expiresAt: 'tomorrow' } })).toBe('expires at: none → tomorrow');
  });
});
