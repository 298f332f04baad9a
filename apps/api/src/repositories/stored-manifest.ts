import { type Descriptor, type Manifest, parseManifest } from '@stowage/oci';
import type { PlatformView } from '@stowage/contracts';

/** The parsed view of bytes that were valid when they were pushed. */
export function readStored(row: { readonly payload: Uint8Array; readonly mediaType: string }): Manifest {
  return parseManifest(row.payload, row.mediaType);
}

/** Undefined for what is not a platform: builders list attestations as `unknown/unknown`. */
export function platformOf(descriptor: Descriptor): PlatformView | undefined {
  const { platform } = descriptor;
  if (!platform || platform.os === 'unknown' || platform.architecture === 'unknown') return undefined;
  const { os, architecture, variant } = platform;
  return variant ? { os, architecture, variant } : { os, architecture };
}
