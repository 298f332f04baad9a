import type { LayerView } from '@stowage/contracts';
import { describe, expect, it } from 'vitest';
import { contentKind } from './content-kind';

const layer = (mediaType: string | null): LayerView => ({
  digest: null,
  mediaType,
  sizeBytes: 1,
  createdBy: null,
  created: null,
});

describe('contentKind', () => {
  it('knows an image by a layer that is a file system', () => {
    const layers = [layer(null), layer('application/vnd.docker.image.rootfs.diff.tar.gzip')];
    expect(contentKind({ kind: 'image', artifactType: null, layers })).toBe('image');
    expect(contentKind({ kind: 'image', artifactType: null, layers: [] })).toBe('image');
  });

  it('does not take an attestation for something to run', () => {
    const layers = [layer('application/vnd.in-toto+json')];
    expect(contentKind({ kind: 'image', artifactType: null, layers })).toBe('artifact');
  });

  it('knows a Helm chart by its config', () => {
    const artifactType = 'application/vnd.cncf.helm.config.v1+json';
    expect(contentKind({ kind: 'artifact', artifactType, layers: [] })).toBe('chart');
  });
});
