import type {
  BlobStore,
  Database,
  Deletions,
  ManifestStore,
  NamespaceStore,
  RepositoryStore,
  ReviewDelay,
  ReviewPostponement,
  TagStore,
  UploadSessionStore,
} from '@stowage/metadata';
import type { StorageDriver } from '@stowage/storage';
import type { TagRulesOwner } from './tag-rule-errors.js';

/** What the behaviour of the registry stands on. */
export interface DistributionDependencies {
  readonly database: Database;
  readonly storage: StorageDriver;
  readonly repositories: RepositoryStore;
  readonly namespaces: NamespaceStore;
  readonly blobs: BlobStore;
  readonly manifests: ManifestStore;
  readonly tags: TagStore;
  readonly sessions: UploadSessionStore;
  readonly reviewDelay: ReviewDelay;
  /** How tags and manifests are deleted, and for how long what tags were before is kept. */
  readonly deletions: Deletions;
  /** Manifests are taken although some of their content is not there. */
  readonly sparseManifests: boolean;
  readonly postponement: ReviewPostponement;
  /** Told of things that are wrong but not the caller's fault: an orphan left behind, bytes that are missing. */
  readonly onAnomaly: (event: string, detail: Record<string, unknown>) => void;
  /** Where a person sees a namespace's usage. */
  readonly usagePage: (namespace: string) => string;
  /** Where a person sees which tags may not be moved. */
  readonly tagRulesPage: (owner: TagRulesOwner) => string;
}
