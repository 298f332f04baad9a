import {
  BlobStore,
  type Database,
  Deletions,
  ManifestStore,
  NamespaceStore,
  RepositoryStore,
  ReviewPostponement,
  TagStore,
  UploadSessionStore,
} from '@stowage/metadata';
import type { StorageDriver } from '@stowage/storage';
import type { DistributionDependencies } from './dependencies.js';
import { tagRulesPageOf } from './tag-rule-errors.js';

export interface DistributionOptions extends Pick<DistributionDependencies, 'onAnomaly' | 'usagePage'> {
  readonly database: Database;
  readonly storage: StorageDriver;
  /** The canonical origin: of links in messages. */
  readonly publicUrl: URL;
  readonly reviewDelaySeconds: number;
  /** How long what was deleted can be restored. */
  readonly trashRetentionSeconds: number;
  /** False when absent: a manifest needs all of its content. */
  readonly sparseManifests?: boolean;
}

/** The stores over one database and one driver. */
export function createDistribution(options: DistributionOptions): DistributionDependencies {
  const { database, storage, sparseManifests = false, onAnomaly, usagePage } = options;
  const reviewDelay = { seconds: options.reviewDelaySeconds };
  return {
    database,
    storage,
    reviewDelay,
    sparseManifests,
    postponement: new ReviewPostponement(database, reviewDelay),
    repositories: new RepositoryStore(database),
    namespaces: new NamespaceStore(database),
    blobs: new BlobStore(database, reviewDelay),
    manifests: new ManifestStore(database),
    tags: new TagStore(database),
    deletions: new Deletions(database, { trashSeconds: options.trashRetentionSeconds, delay: reviewDelay }),
    sessions: new UploadSessionStore(database, reviewDelay),
    onAnomaly,
    usagePage,
    tagRulesPage: (owner) => tagRulesPageOf(options.publicUrl, owner),
  };
}
