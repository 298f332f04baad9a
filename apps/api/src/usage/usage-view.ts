import type { FreeingManifest, RepositoryUsage } from '@stowage/contracts';
import type { FreeingManifest as FreeingRecord, RepositoryUsage as UsageRecord } from '@stowage/metadata';

export function toRepositoryUsage({ path, exclusiveBytes, sharedBytes, manifestCount }: UsageRecord): RepositoryUsage {
  return { repository: path, exclusiveBytes, sharedBytes, manifestCount };
}

export function toFreeingManifest({ pushedAt, ...manifest }: FreeingRecord): FreeingManifest {
  return { ...manifest, pushedAt: pushedAt.toISOString() };
}
