import type { Digest, RepositoryName, TagName } from '@stowage/oci';

/** What a client asks for, in the words of the specification. */
export type Verb =
  | 'put-manifest'
  | 'get-manifest'
  | 'head-manifest'
  | 'delete-manifest'
  | 'delete-tag'
  | 'list-tags'
  | 'get-blob'
  | 'head-blob'
  | 'delete-blob'
  | 'mount-blob'
  | 'start-upload'
  | 'append-upload'
  | 'get-upload'
  | 'finish-upload'
  | 'cancel-upload';

export interface Request {
  readonly f: Verb;
  readonly repository: RepositoryName;
  /** What the request names. */
  readonly key: { readonly tag?: TagName; readonly digest?: Digest; readonly upload?: string };
  /** What it brings. */
  readonly value?: {
    readonly tags?: readonly TagName[];
    /** Of the manifest that is pushed. */
    readonly digest?: Digest;
    readonly blobs?: readonly Digest[];
    readonly children?: readonly Digest[];
    /** Of a mount. */
    readonly from?: RepositoryName;
    /** Of a chunk. */
    readonly first?: number;
    readonly bytes?: number;
    /** The bytes don't have the digest that they are sent with. */
    readonly isWrong?: boolean;
  };
}

export interface Answer {
  readonly status: number;
  /** The code of the first error, of answers from 400. */
  readonly code?: string | undefined;
  /** The digest that the first error names. */
  readonly missing?: Digest | undefined;
  /** `Docker-Content-Digest`. */
  readonly digest?: Digest | undefined;
  readonly tags?: readonly TagName[] | undefined;
  /** Last part of the `Location` of an upload. */
  readonly upload?: string | undefined;
  /** Bytes that the registry says an upload has: from `Range`. */
  readonly offset?: number | undefined;
  readonly retryAfter?: string | undefined;
  /** What is wrong with the bytes; undefined for good ones and for those that broke off. */
  readonly damage?: string | undefined;
  readonly text?: string | undefined;
}

/**
 * `ok`: done. `fail`: certainly not done. `info`: nobody knows; it may take effect at any time from now on, or never.
 */
export type Outcome = 'ok' | 'fail' | 'info';

export interface Operation extends Request {
  readonly process: number;
  /** Which replica was asked. */
  readonly replica: number;
  readonly type: Outcome;
  readonly answer?: Answer | undefined;
  /** Why there is no answer. */
  readonly reason?: string | undefined;
  /** Milliseconds of one clock; the end of an `info` is when the client gave up. */
  readonly tStart: number;
  readonly tEnd: number;
}
