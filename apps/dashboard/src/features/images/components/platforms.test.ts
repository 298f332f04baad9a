import type { ManifestChild } from '@stowage/contracts';
import { describe, expect, it } from 'vitest';
import { chooseEntry, platformEntries } from './platforms';

const child = (
  digest: string,
  platform: ManifestChild['platform'],
  attestationFor: string | null = null,
): ManifestChild => ({
  digest,
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  platform,
  sizeBytes: 1,
  attestationFor,
});
const linux = (architecture: string, variant?: string) => ({
  os: 'linux',
  architecture,
  ...(variant ? { variant } : {}),
});
const unknown = { os: 'unknown', architecture: 'unknown' };

describe('platformEntries', () => {
  it('folds attestations under the platform that they speak of', () => {
    const entries = platformEntries({
      children: [
        child('sha256:a', linux('arm64', 'v8')),
        child('sha256:b', linux('amd64')),
        child('sha256:c', unknown, 'sha256:b'),
      ],
    });
    expect(entries.map(({ label, attestations }) => [label, attestations.length])).toEqual([
      ['linux/arm64', 0],
      ['linux/amd64', 1],
    ]);
    expect(chooseEntry(entries, undefined)?.label).toBe('linux/amd64');
    expect(chooseEntry(entries, 'linux/arm64')?.child.digest).toBe('sha256:a');
    expect(chooseEntry(entries, 'sha256:a')?.label).toBe('linux/arm64');
  });

  it('never shows unknown/unknown and keeps keys apart', () => {
    const entries = platformEntries({
      children: [child('sha256:abc', unknown), child('sha256:d', linux('amd64')), child('sha256:e', linux('amd64'))],
    });
    expect(entries.map(({ key }) => key)).toEqual(['sha256:abc', 'sha256:d', 'sha256:e']);
  });
});
