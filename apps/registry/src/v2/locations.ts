import type { Digest, RepositoryName } from '@stowage/oci';

/** `Location` headers: always relative, so that no proxy in between can make them wrong. */
export const locations = {
  upload: (name: RepositoryName, id: string) => `/v2/${name}/blobs/uploads/${id}`,
  blob: (name: RepositoryName, digest: Digest) => `/v2/${name}/blobs/${digest}`,
  manifest: (name: RepositoryName, digest: Digest) => `/v2/${name}/manifests/${digest}`,
} as const;
