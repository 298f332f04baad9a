import type { RepositoryName } from '@stowage/oci';
import type { PrincipalRef } from '../actor.js';

export interface UploadSessionRecord {
  readonly id: string;
  readonly repositoryId: string;
  readonly namespaceId: string;
  readonly principal: PrincipalRef;
  readonly storageToken: string;
  readonly offset: number;
  readonly reservedBytes: number;
}

/** Whose a session is, and where: for anybody else, or in another repository, it does not exist. */
export interface UploadOwner {
  readonly name: RepositoryName;
  readonly principal: PrincipalRef;
}

/** A session that this call alone may write to, until the lease ends. */
export interface ClaimedSession extends UploadSessionRecord {
  readonly writer: string;
  /** The lease of another writer had run out. That writer may still be there: it no longer counts, but its bytes can arrive. */
  readonly takenOver: boolean;
  /** Room in the namespace when the claim was made, besides what this session has reserved. */
  readonly freeBytes: number;
  /** How large a blob of the namespace may be; `UNLIMITED` is any size. */
  readonly layerLimitBytes: number;
}

/** What a storage driver calls the state of an upload. */
export interface StagedBytes {
  readonly token: string;
  readonly offset: number;
}

export type PublishOutcome =
  /** The bytes that were published are the blob's now. */
  | 'published'
  /** Somebody else's bytes of the same digest were there first; ours are an orphan. */
  | 'already there';
