import type { Database } from '../database.js';
import { deleteManifest, type DeleteManifestOutcome, type ManifestRemoval } from '../registry/manifest-deletion.js';
import type { DeletionTerms } from './deletion-terms.js';
import { deleteNamespace, type NamespaceDeletion, type NamespaceDeletionOutcome } from './namespace-deletion.js';
import { deleteRepository, type RepositoryDeletion } from './repository-deletion.js';
import { type DeletedTag, deleteTags, type TagDeletion } from './tag-deletion.js';

/**
 * The one way in which people, clients and policies delete: invisible at once, restorable for a time, and then gone. What
 * garbage collection removes does not come by here.
 */
export class Deletions {
  constructor(
    private readonly database: Database,
    readonly terms: DeletionTerms,
  ) {}

  /** Those that went; tags that were moved meanwhile stay. Throws `RepositoryGoneError`. */
  tags(deletion: TagDeletion): Promise<DeletedTag[]> {
    return deleteTags(this.database, deletion, this.terms);
  }

  /** Throws `RepositoryGoneError`. */
  manifest(removal: ManifestRemoval): Promise<DeleteManifestOutcome> {
    return deleteManifest(this.database, removal, this.terms);
  }

  /** The id of its entry in the trash. Throws `RepositoryGoneError` and `ImmutableTagError`. */
  repository(deletion: RepositoryDeletion): Promise<string> {
    return deleteRepository(this.database, deletion, this.terms);
  }

  /** Throws `ImmutableTagError`. */
  namespace(deletion: NamespaceDeletion): Promise<NamespaceDeletionOutcome> {
    return deleteNamespace(this.database, deletion, this.terms);
  }
}
