import type { DistributionDependencies } from '@stowage/distribution';
import type { Database } from '@stowage/metadata';
import type { RequestLogger } from '@stowage/nest-kit';
import type { StorageDriver } from '@stowage/storage';

/** What the data plane is started with. Needs Postgres and storage, nothing else. */
export interface RegistryOptions {
  readonly database: Database;
  readonly storage: StorageDriver;
  readonly logger: RequestLogger;
  /** The canonical origin: realm and links come from it, never from a request. */
  readonly publicUrl: URL;
  /** Proxies in front, whose word on the client's address counts. */
  readonly trustedProxies?: readonly string[];
  /** Audience of the tokens: the host that clients name. */
  readonly service: string;
  /** Sessions that idle this long are over; a token that began one may be this old. */
  readonly uploadTtlSeconds: number;
  readonly reviewDelaySeconds: number;
  /** How long what was deleted can be restored. */
  readonly trashRetentionSeconds: number;
  /** Take manifests although some of their content is not there. */
  readonly sparseManifests: boolean;
  /** Answer downloads with 307 to storage, where it can give out URLs. */
  readonly redirectDownloads: boolean;
  readonly usagePage: DistributionDependencies['usagePage'];
}

export const REGISTRY_OPTIONS = Symbol('RegistryOptions');
