import type { ManifestView } from '@stowage/contracts';

/** What a person would call it. An attestation is an image by its media types, but nobody can run it. */
export type ContentKind = 'image' | 'index' | 'chart' | 'artifact';

const CHART = 'application/vnd.cncf.helm.config.v1+json';
const FILE_SYSTEM = /image\.layer|image\.rootfs/;

export function contentKind({
  kind,
  artifactType,
  layers,
}: Pick<ManifestView, 'kind' | 'artifactType' | 'layers'>): ContentKind {
  if (artifactType === CHART) return 'chart';
  if (kind !== 'image') return kind;
  const stored = layers.filter(({ mediaType }) => mediaType !== null);
  return stored.length > 0 && !stored.some(({ mediaType }) => FILE_SYSTEM.test(mediaType ?? '')) ? 'artifact' : 'image';
}
