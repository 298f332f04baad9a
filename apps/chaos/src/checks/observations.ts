import type { Digest, RepositoryName, TagName } from '@stowage/oci';
import type { Operation, Verb } from '../history/operation.js';
import type { Action } from '../linearisability/register.js';

/** What a register is called: what its value means follows from its kind. */
export type RegisterKey = `tag ${string}` | `manifest ${string}` | `blob ${string}`;

/** One register takes part in an operation. */
export interface Observation {
  readonly register: RegisterKey;
  readonly action: Action;
}

/** The value of a blob or manifest that is there. */
export const THERE = 'there';

const there: Action = { kind: 'read', value: THERE };
const gone: Action = { kind: 'read', value: null };
const added: Action = { kind: 'write', value: THERE };
const removed: Action = { kind: 'remove' };
/** Of a removal that nobody acknowledged: also of what is not there. */
const emptied: Action = { kind: 'write', value: null };

export const tagKey = (name: RepositoryName, tag: TagName): RegisterKey => `tag ${name}:${tag}`;
export const manifestKey = (name: RepositoryName, digest: Digest): RegisterKey => `manifest ${name}@${digest}`;
export const blobKey = (name: RepositoryName, digest: Digest): RegisterKey => `blob ${name}@${digest}`;

/**
 * What an operation says about the registers: one for each tag (its digest), each manifest and each blob of a repository
 * (there or not). A refused change says what it found; a change of unknown outcome is listed as if it had happened.
 */
export function observationsOf(operation: Operation, tags: readonly TagName[]): Observation[] {
  if (operation.type === 'fail') return refusalOf(operation);
  return READERS[operation.f]?.(operation, tags) ?? [];
}

type Reader = (operation: Operation, tags: readonly TagName[]) => Observation[];

const readBlob: Reader = (operation) => named(operation, 'blob', operation.answer?.status === 404 ? gone : there);
const removalOf = ({ type }: Operation): Action => (type === 'ok' ? removed : emptied);

const READERS: Readonly<Partial<Record<Verb, Reader>>> = {
  'put-manifest': pushOf,
  'get-manifest': manifestReadOf,
  'head-manifest': manifestReadOf,
  'list-tags': listingOf,
  'delete-tag': (operation) => named(operation, 'tag', removalOf(operation)),
  'delete-manifest': deletionOf,
  'get-blob': readBlob,
  'head-blob': readBlob,
  'delete-blob': (operation) => named(operation, 'blob', removalOf(operation)),
  'mount-blob': mountOf,
  'finish-upload': (operation) => (operation.value?.isWrong ? [] : named(operation, 'blob', added)),
};

/** 201 says that everything the manifest references is in the repository at that moment. */
function pushOf({ repository, value, type }: Operation): Observation[] {
  const { digest, tags = [], blobs = [], children = [] } = value ?? {};
  if (digest === undefined) return [];
  const changes = [
    { register: manifestKey(repository, digest), action: added },
    ...tags.map((tag) => ({ register: tagKey(repository, tag), action: { kind: 'write', value: digest } as const })),
  ];
  if (type !== 'ok') return changes;
  return [
    ...changes,
    ...blobs.map((blob) => ({ register: blobKey(repository, blob), action: there })),
    ...children.map((child) => ({ register: manifestKey(repository, child), action: there })),
  ];
}

function manifestReadOf(operation: Operation, tags: readonly TagName[]): Observation[] {
  const { repository, key, answer } = operation;
  const isGone = answer?.status === 404;
  const found = answer?.digest;
  const ofTag = named(operation, 'tag', { kind: 'read', value: isGone ? null : (found ?? null) });
  if (found !== undefined && !isGone) return [...ofTag, { register: manifestKey(repository, found), action: there }];
  if (key.digest === undefined) return ofTag;
  return [...named(operation, 'manifest', gone), ...noTagIs(operation, tags)];
}

/** One statement reads them all: each is as it was at one moment within the request. */
function listingOf({ repository, answer }: Operation, tags: readonly TagName[]): Observation[] {
  const listed = new Set(answer?.tags ?? []);
  return tags.map((tag) => ({
    register: tagKey(repository, tag),
    action: listed.has(tag) ? { kind: 'present' } : { kind: 'read', value: null },
  }));
}

/** All tags that point at it go with it. */
function deletionOf(operation: Operation, tags: readonly TagName[]): Observation[] {
  const { repository, key, type } = operation;
  if (key.digest === undefined) return [];
  const clear: Action = { kind: 'clear', value: key.digest };
  return [
    ...named(operation, 'manifest', type === 'ok' ? removed : emptied),
    ...tags.map((tag) => ({ register: tagKey(repository, tag), action: clear })),
  ];
}

/** 201 from a repository that had it; 202, an upload instead, when that one did not. */
function mountOf(operation: Operation): Observation[] {
  const { key, value, answer } = operation;
  if (key.digest === undefined || value?.from === undefined) return [];
  const source = blobKey(value.from, key.digest);
  if (answer?.status === 202) return [{ register: source, action: gone }];
  const target = named(operation, 'blob', added);
  return operation.type === 'ok' ? [...target, { register: source, action: there }] : target;
}

/** What a refused change has found. */
function refusalOf(operation: Operation): Observation[] {
  const { f, repository, answer, value } = operation;
  if (answer?.code === 'MANIFEST_BLOB_UNKNOWN' && answer.missing !== undefined) {
    const isChild = value?.children?.includes(answer.missing);
    return [{ register: (isChild ? manifestKey : blobKey)(repository, answer.missing), action: gone }];
  }
  const kind = DELETED[f];
  if (kind === undefined) return [];
  if (answer?.status === 404) return named(operation, kind, gone);
  // Something needs it: it is there.
  return answer?.code === 'DENIED' ? named(operation, kind, there) : [];
}

const DELETED: Readonly<Partial<Record<Verb, 'tag' | 'manifest' | 'blob'>>> = {
  'delete-tag': 'tag',
  'delete-manifest': 'manifest',
  'delete-blob': 'blob',
};

/** A tag can only point at a manifest that is there. */
function noTagIs({ repository, key }: Operation, tags: readonly TagName[]): Observation[] {
  const { digest } = key;
  if (digest === undefined) return [];
  return tags.map((tag) => ({ register: tagKey(repository, tag), action: { kind: 'not', value: digest } }));
}

function named({ repository, key }: Operation, kind: 'tag' | 'manifest' | 'blob', action: Action): Observation[] {
  if (kind === 'tag') return key.tag === undefined ? [] : [{ register: tagKey(repository, key.tag), action }];
  if (key.digest === undefined) return [];
  return [{ register: (kind === 'blob' ? blobKey : manifestKey)(repository, key.digest), action }];
}
