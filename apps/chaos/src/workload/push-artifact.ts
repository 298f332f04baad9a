import type { TagName } from '@stowage/oci';
import type { Artifact } from '../content/artifact.js';
import type { RepositoryClient } from '../client/repository-client.js';
import { ensureBlob } from './push-blob.js';

/** Blobs, then children without a tag, then the manifest with its tags; stops at what is refused. */
export async function pushArtifact(
  repository: RepositoryClient,
  artifact: Artifact,
  tags: readonly TagName[],
): Promise<boolean> {
  for (const blob of artifact.blobs) if (!(await ensureBlob(repository, blob))) return false;
  for (const child of artifact.children) if (!(await pushArtifact(repository, child, []))) return false;
  return (await repository.putManifest(artifact, tags)).type === 'ok';
}
