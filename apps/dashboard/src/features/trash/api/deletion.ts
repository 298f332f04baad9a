import { type DeletePreview, repositoryRoutes, trashRoutes } from '@stowage/contracts';
import { request, requestDeletion } from '../../../lib/api/client';

/** Something that can be deleted: how to ask what that takes, and how to do it. */
export interface Deletion {
  /** As people name it: `acme/app:v1`. */
  readonly target: string;
  readonly kind: 'tag' | 'image' | 'repository' | 'namespace';
  readonly preview: (signal: AbortSignal) => Promise<DeletePreview>;
  /** The id of its entry in the trash; null when it is gone for good. */
  readonly run: () => Promise<string | null>;
  /** What is shown beside it, and still there afterwards. */
  readonly beside: readonly (readonly string[])[];
  /** Puts it back. */
  readonly undo: (id: string) => Promise<unknown>;
}

interface RepositoryRef {
  readonly namespace: string;
  readonly name: string;
}

const undoIn = (namespace: string) => (id: string) =>
  request(trashRoutes.restoreFromTrash, { params: { namespace, id }, body: {} });

export function tagDeletion({ namespace, name: repository }: RepositoryRef, tag: string): Deletion {
  const params = { namespace, repository, tag };
  return {
    target: `${namespace}/${repository}:${tag}`,
    kind: 'tag',
    preview: (signal) => request(trashRoutes.previewTagDeletion, { params, signal }),
    run: () => requestDeletion(repositoryRoutes.deleteTag, { params }),
    beside: [
      ['tags', namespace, repository],
      ['repository', namespace, repository],
    ],
    undo: undoIn(namespace),
  };
}

export function imageDeletion({ namespace, name: repository }: RepositoryRef, digest: string): Deletion {
  const params = { namespace, repository, digest };
  return {
    target: `${namespace}/${repository}@${digest.slice(0, digest.indexOf(':') + 13)}`,
    kind: 'image',
    preview: (signal) => request(trashRoutes.previewManifestDeletion, { params, signal }),
    run: () => requestDeletion(repositoryRoutes.deleteManifest, { params }),
    beside: [
      ['tags', namespace, repository],
      ['repository', namespace, repository],
    ],
    undo: undoIn(namespace),
  };
}

export function repositoryDeletion({ namespace, name: repository }: RepositoryRef): Deletion {
  const params = { namespace, repository };
  return {
    target: `${namespace}/${repository}`,
    kind: 'repository',
    preview: (signal) => request(trashRoutes.previewRepositoryDeletion, { params, signal }),
    run: () => requestDeletion(trashRoutes.deleteRepository, { params }),
    beside: [['namespaces', namespace]],
    undo: undoIn(namespace),
  };
}

export function namespaceDeletion(namespace: string): Deletion {
  const params = { namespace };
  return {
    target: namespace,
    kind: 'namespace',
    preview: (signal) => request(trashRoutes.previewNamespaceDeletion, { params, signal }),
    run: () => requestDeletion(trashRoutes.deleteNamespace, { params }),
    beside: [['trashed-namespaces']],
    undo: (id) => request(trashRoutes.restoreNamespace, { params: { id } }),
  };
}
