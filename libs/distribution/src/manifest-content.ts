import { createHash } from 'node:crypto';
import {
  type Descriptor,
  type Digest,
  digestAlgorithm,
  formatDigest,
  isForeignLayer,
  isManifestMediaType,
  type Manifest,
  MEDIA_TYPES,
  OciError,
  type Reference,
} from '@stowage/oci';

/** What a manifest needs its repository to hold. */
export interface RequiredContent {
  readonly blobs: readonly Descriptor[];
  readonly children: readonly Descriptor[];
}

/**
 * Config and layers, or the entries of an index. Foreign layers live elsewhere and are not required. An index may
 * list blobs as well as manifests (build caches do): the descriptor's media type tells.
 */
export function requiredContentOf(manifest: Manifest): RequiredContent {
  if (manifest.kind === 'image') {
    const layers = manifest.layers.filter(({ mediaType }) => !isForeignLayer(mediaType));
    return { blobs: [manifest.config, ...layers], children: [] };
  }
  const isChild = ({ mediaType }: Descriptor) => isManifestMediaType(mediaType);
  return {
    blobs: manifest.manifests.filter((descriptor) => !isChild(descriptor)),
    children: manifest.manifests.filter(isChild),
  };
}

export function kindOf(manifest: Manifest): 'image' | 'index' | 'artifact' {
  if (manifest.kind === 'index') return 'index';
  const { mediaType } = manifest.config;
  const isImage = mediaType === MEDIA_TYPES.ociConfig || mediaType === MEDIA_TYPES.dockerConfig;
  return isImage && manifest.artifactType === undefined ? 'image' : 'artifact';
}

/** The digest of the bytes, in the algorithm they were pushed under. Throws DIGEST_INVALID when it is another one. */
export function digestOfManifest(bytes: Uint8Array, reference: Reference): Digest {
  const algorithm = reference.kind === 'digest' ? digestAlgorithm(reference.digest) : 'sha256';
  const digest = formatDigest(algorithm, createHash(algorithm).update(bytes).digest('hex'));
  if (reference.kind === 'digest' && reference.digest !== digest) {
    throw new OciError('DIGEST_INVALID', {
      message: `the manifest has the digest ${digest}, not ${reference.digest}`,
      detail: { digest: reference.digest, actual: digest },
    });
  }
  return digest;
}
