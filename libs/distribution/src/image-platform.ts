import type { BlobRecord, ImagePlatform } from '@stowage/metadata';
import { type Manifest, OciError, parseImageConfig, type RepositoryName } from '@stowage/oci';
import { blobKey, ObjectNotFoundError } from '@stowage/storage';
import type { DistributionDependencies } from './dependencies.js';

const MAX_CONFIG_BYTES = 1024 * 1024;
/** What systems and architectures are called; a config is other people's bytes and may hold anything. */
const WORD = /^[\w.+-]{1,64}$/;

type Deps = Pick<DistributionDependencies, 'blobs' | 'storage' | 'onAnomaly'>;

/**
 * The platform of an image, for lists that show it without opening every config. Null when the config is not an
 * image's, is too large, or is not in the repository: whether it has to be is the push's question, not this one's.
 * Throws MANIFEST_BLOB_UNKNOWN when storage has lost the config's bytes.
 */
export async function readPlatform(
  deps: Deps,
  name: RepositoryName,
  manifest: Manifest,
): Promise<ImagePlatform | null> {
  if (manifest.kind !== 'image' || manifest.config.size > MAX_CONFIG_BYTES) return null;
  const blob = await deps.blobs.findInRepository(name, manifest.config.digest);
  if (!blob || blob.size > MAX_CONFIG_BYTES) return null;
  const { os, architecture, variant } = parseImageConfig(await readConfig(deps, blob)) ?? {};
  if (!isWord(os) || !isWord(architecture)) return null;
  return isWord(variant) ? { os, architecture, variant } : { os, architecture };
}

async function readConfig({ storage, onAnomaly }: Deps, { digest, generation }: BlobRecord): Promise<Buffer> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of await storage.read(blobKey(digest, generation))) chunks.push(chunk as Buffer);
  } catch (error) {
    if (!(error instanceof ObjectNotFoundError)) throw error;
    onAnomaly('a blob has a row but no bytes', { digest });
    const message = `the registry has lost the config ${digest}; push it again`;
    throw new OciError('MANIFEST_BLOB_UNKNOWN', { message, detail: { digest }, cause: error });
  }
  return Buffer.concat(chunks);
}

function isWord(text: string | null | undefined): text is string {
  return typeof text === 'string' && WORD.test(text);
}
