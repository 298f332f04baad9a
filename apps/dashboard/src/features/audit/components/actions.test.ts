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
    expect(detailText({ before: { role: 'reader' } })).toBe('before: {"role":"reader"}');
    expect(detailText({})).toBe('');
  });
});
