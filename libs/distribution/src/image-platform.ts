import type { ImagePlatform } from '@stowage/metadata';
import { type Manifest, parseImageConfig, type RepositoryName } from '@stowage/oci';
import { blobKey } from '@stowage/storage';
import type { DistributionDependencies } from './dependencies.js';

const MAX_CONFIG_BYTES = 1024 * 1024;

/**
 * The platform of an image, for lists that show it without opening every config. Null when the config is not an
 * image's, is too large, or is not in the repository: whether it has to be is the push's question, not this one's.
 */
export async function readPlatform(
  deps: Pick<DistributionDependencies, 'blobs' | 'storage'>,
  name: RepositoryName,
  manifest: Manifest,
): Promise<ImagePlatform | null> {
  if (manifest.kind !== 'image' || manifest.config.size > MAX_CONFIG_BYTES) return null;
  const blob = await deps.blobs.findInRepository(name, manifest.config.digest);
  if (!blob || blob.size > MAX_CONFIG_BYTES) return null;
  const chunks: Buffer[] = [];
  for await (const chunk of await deps.storage.read(blobKey(blob.digest, blob.generation)))
    chunks.push(chunk as Buffer);
  const config = parseImageConfig(Buffer.concat(chunks));
  if (!config?.os || !config.architecture) return null;
  const { os, architecture, variant } = config;
  return variant ? { os, architecture, variant } : { os, architecture };
}
