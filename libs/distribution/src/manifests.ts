import {
  type Actor,
  type NamespaceUsage,
  pushManifest,
  ReferenceMissingError,
  ReferenceSizeError,
  RepositoryGoneError,
  type RepositoryRecord,
  type StoredManifest,
  type StoredManifestHead,
  type TagExpectation,
  TagMovedError,
} from '@stowage/metadata';
import {
  type Digest,
  type Manifest,
  namespaceOf,
  OciError,
  parseManifest,
  type Reference,
  type RepositoryName,
  type TagName,
} from '@stowage/oci';
import type { DistributionDependencies } from './dependencies.js';
import { digestOfManifest, kindOf, type RequiredContent, requiredContentOf } from './manifest-content.js';
import { readPlatform } from './image-platform.js';
import { pushTarget } from './push-target.js';
import { translateQuota } from './quota-errors.js';
import { translateImmutable } from './tag-rule-errors.js';

export interface ManifestUpload {
  readonly reference: Reference;
  readonly contentType: string;
  readonly bytes: Uint8Array;
  /** Tags that are to point at it, all of them or none; the reference's own when absent. */
  readonly tags?: readonly TagName[] | undefined;
  /** What each of the tags has to be before. */
  readonly expected?: TagExpectation | undefined;
  readonly actor: Actor;
}

export interface PushedManifest {
  readonly digest: Digest;
  readonly subject: Digest | undefined;
  /** How full the namespace was when it arrived. */
  readonly usage: NamespaceUsage;
}

/** distribution-spec, "Pulling manifests", "Pushing manifests", "Deleting manifests". */
export class Manifests {
  constructor(private readonly deps: DistributionDependencies) {}

  /** The bytes as they were pushed. Throws MANIFEST_UNKNOWN. */
  async get(name: RepositoryName, reference: Reference): Promise<StoredManifest> {
    const found = await this.deps.manifests.find(name, reference);
    if (!found) throw unknownManifest(reference);
    return found;
  }

  async head(name: RepositoryName, reference: Reference): Promise<StoredManifestHead> {
    const found = await this.deps.manifests.findHead(name, reference);
    if (!found) throw unknownManifest(reference);
    return found;
  }

  /** As `head`, for a client that will rely on it in a push: what a digest names stays for the review delay. */
  async headForPush(name: RepositoryName, reference: Reference): Promise<StoredManifestHead> {
    if (reference.kind === 'digest') await this.deps.postponement.manifest(name, reference.digest);
    return this.head(name, reference);
  }

  /**
   * Stores the bytes and moves the tags. Visible and durable when it resolves. Throws
   * MANIFEST_INVALID, DIGEST_INVALID, MANIFEST_BLOB_UNKNOWN, PRECONDITION_FAILED and DENIED; nothing is stored then.
   */
  async put(name: RepositoryName, upload: ManifestUpload): Promise<PushedManifest> {
    const { reference, contentType, bytes, expected, actor } = upload;
    const tags = upload.tags ?? (reference.kind === 'tag' ? [reference.tag] : []);
    const digest = digestOfManifest(bytes, reference);
    const manifest = parseManifest(bytes, contentType);
    const required = requiredContentOf(manifest);
    const repository = await this.#target(name, required, actor);
    const platform = await readPlatform(this.deps, repository.name, manifest);
    try {
      const stored = pushManifest(
        this.deps.database,
        {
          repository,
          digest,
          payload: bytes,
          manifest,
          platform,
          kind: kindOf(manifest),
          ...required,
          sparse: this.deps.sparseManifests,
          tags,
          expected,
          keptSeconds: this.deps.deletions.terms.trashSeconds,
          actor,
        },
        this.deps.reviewDelay,
      );
      // Beside it, because a push waits for one or the other; how full it was a moment before is good enough to warn.
      const [usage] = await Promise.all([this.deps.namespaces.usage(repository.namespaceId), stored]);
      return { digest, subject: subjectOf(manifest), usage };
    } catch (error) {
      throw this.#translate(error, repository.name);
    }
  }

  /**
   * Removes a tag, or a manifest with all tags that point at it; the id of its entry in the trash, null when it is gone for
   * good. Throws MANIFEST_UNKNOWN, NAME_UNKNOWN, or DENIED while an index needs it or a rule keeps a tag.
   */
  async delete(repository: RepositoryRecord, reference: Reference, actor: Actor): Promise<string | null> {
    try {
      return await this.#delete(repository, reference, actor);
    } catch (error) {
      throw this.#translate(error, repository.name);
    }
  }

  async #delete(repository: RepositoryRecord, reference: Reference, actor: Actor): Promise<string | null> {
    const { deletions } = this.deps;
    if (reference.kind === 'tag') {
      const [gone] = await deletions.tags({ repository, tags: [{ name: reference.tag }], actor });
      if (!gone) throw unknownManifest(reference);
      return gone.entryId;
    }
    const result = await deletions.manifest({ repository, digest: reference.digest, actor });
    if (result.outcome === 'unknown') throw unknownManifest(reference);
    if (result.outcome === 'in use') {
      throw new OciError('DENIED', {
        message: `the index ${result.parent} needs this manifest; delete the index first`,
        detail: { index: result.parent },
      });
    }
    return result.entryId;
  }

  /** A manifest that needs nothing may be a repository's first push; one that needs something can't be, unless it may be sparse. */
  async #target(name: RepositoryName, required: RequiredContent, actor: Actor): Promise<RepositoryRecord> {
    const [missing] = [...required.blobs, ...required.children];
    const found =
      missing && !this.deps.sparseManifests
        ? await this.deps.repositories.find(name)
        : await pushTarget({ repositories: this.deps.repositories, page: this.deps.usagePage }, name, actor);
    if (found) return found;
    if (!missing) throw new OciError('NAME_UNKNOWN');
    const what = required.blobs.includes(missing) ? 'blob' : 'manifest';
    throw this.#translate(new ReferenceMissingError(what, missing.digest), name);
  }

  #translate(error: unknown, name: RepositoryName): unknown {
    if (error instanceof ReferenceMissingError) {
      return new OciError('MANIFEST_BLOB_UNKNOWN', {
        message: `the manifest names the ${error.what} ${error.digest}, which is not in ${name}; push it first`,
        detail: { digest: error.digest },
        cause: error,
      });
    }
    if (error instanceof ReferenceSizeError) {
      const { digest, stated, actual } = error;
      const detail = { digest, stated, actual };
      return new OciError('MANIFEST_INVALID', { message: error.message, detail, cause: error });
    }
    if (error instanceof TagMovedError) {
      const { tag, actual } = error;
      const message = actual ? `the tag ${tag} is ${actual} by now` : `the tag ${tag} does not exist`;
      return new OciError('PRECONDITION_FAILED', { message, detail: { tag, actual }, cause: error });
    }
    if (error instanceof RepositoryGoneError) return new OciError('NAME_UNKNOWN', { cause: error });
    const namespace = namespaceOf(name);
    const refusal = translateImmutable(error, this.deps.tagRulesPage);
    return translateQuota(refusal, namespace, this.deps.usagePage(namespace));
  }
}

function subjectOf(manifest: Manifest): Digest | undefined {
  return manifest.subject?.digest;
}

function unknownManifest(reference: Reference): OciError {
  const detail = reference.kind === 'tag' ? { tag: reference.tag } : { digest: reference.digest };
  return new OciError('MANIFEST_UNKNOWN', { detail });
}
