import type { Tag } from '@stowage/contracts';
import type { TagListing } from '@stowage/metadata';
import { platformOf, readStored } from './stored-manifest.js';

export function toTag(row: TagListing): Tag {
  const { name, digest, mediaType, kind, sizeBytes, updatedAt, updatedBy, platform } = row;
  const manifest = kind === 'index' ? readStored(row) : undefined;
  const children = manifest?.kind === 'index' ? manifest.manifests : [];
  const platforms = children.flatMap((child) => platformOf(child) ?? []);
  if (platform) platforms.push(platform);
  return {
    name,
    digest,
    mediaType,
    kind,
    platforms,
    sizeBytes,
    pushedAt: updatedAt.toISOString(),
    pushedBy: updatedBy,
  };
}
