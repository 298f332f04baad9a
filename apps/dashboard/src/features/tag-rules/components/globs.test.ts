import { describe, expect, it } from 'vitest';
import { fromGlobs, toGlobs } from './globs';

describe('globs', () => {
  it.each([
    ['v*, r*', ['v*', 'r*']],
    [' latest  edge,latest, ', ['latest', 'edge']],
    ['', []],
  ])('“%s” are the patterns %j', (text, globs) => {
    expect(toGlobs(text)).toEqual(globs);
    expect(toGlobs(fromGlobs(globs))).toEqual(globs);
  });
});
