import { describe, expect, it } from 'vitest';
import { parseScaleOptions } from './options.js';

describe('options of the scale bench', () => {
  it('are the sizes of the requirement unless told otherwise', () => {
    expect(parseScaleOptions([])).toMatchObject({ tags: 1e6, repositories: 1e6, manifests: 1e7, fewManifests: 1e4 });
    expect(parseScaleOptions(['--manifests', '5000', '--tags=7'])).toMatchObject({ manifests: 5000, tags: 7 });
  });

  it.each([['--tags=0'], ['--manifests=-1'], ['--repositories=all'], ['--unknown'], ['stray']])('refuse %s', (arg) => {
    expect(() => parseScaleOptions([arg])).toThrow(TypeError);
  });
});
