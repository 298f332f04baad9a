import { describe, expect, it } from 'vitest';
import { MIB, parseOptions } from './options.js';

describe('options', () => {
  it('measure blobs of 256 MiB on 8 streams, three times, unless told otherwise', () => {
    expect(parseOptions([])).toMatchObject({ blobBytes: 256 * MIB, streams: 8, repetitions: 3 });
  });

  it('make a quick run of one repetition, which single options still override', () => {
    expect(parseOptions(['--quick'])).toMatchObject({ blobBytes: 64 * MIB, repetitions: 1 });
    expect(parseOptions(['--quick', '--blob-mib', '8', '--streams=2'])).toMatchObject({
      blobBytes: 8 * MIB,
      streams: 2,
    });
  });

  it.each([['--blob-mib=0'], ['--streams=-1'], ['--repetitions=many'], ['--only=pulls'], ['--unknown'], ['stray']])(
    'refuse %s',
    (arg) => {
      expect(() => parseOptions([arg])).toThrow(TypeError);
    },
  );
});
