import { failPoint } from '@stowage/failpoints';
import { type ObjectKey, type ObjectStat, UploadNotFoundError, type UploadState } from '@stowage/storage';
import { hasCode } from './fs-errors.js';
import type { ObjectTree } from './object-tree.js';
import type { Staging } from './staging.js';

interface Folders {
  readonly staging: Staging;
  readonly objects: ObjectTree;
}

/** Gives a staged file its place: complete and synced before it has the name, which is durable before this resolves. */
export async function publishUpload(folders: Folders, state: UploadState, key: ObjectKey): Promise<ObjectStat> {
  const { staging, objects } = folders;
  try {
    const modifiedAt = await staging.seal(state);
    await failPoint('K5');
    const target = objects.pathOf(key); // a reserved key is refused before anything is made
    await staging.withLink(state, (file) => objects.publish(file, target));
    return { key, size: state.offset, modifiedAt };
  } catch (cause) {
    if (cause instanceof UploadNotFoundError) return alreadyPublished(folders, state, { key, cause });
    if (!hasCode(cause, 'ENOENT')) throw cause;
    await staging.requireThere();
    const missing = new UploadNotFoundError('no such upload', { cause });
    return alreadyPublished(folders, state, { key, cause: missing });
  }
}

/** The answer to a commit got lost and the client asks again, or two of its requests came at once. */
async function alreadyPublished(
  { objects }: Folders,
  state: UploadState,
  { key, cause }: { readonly key: ObjectKey; readonly cause: UploadNotFoundError },
): Promise<ObjectStat> {
  const published = await objects.stat(key);
  if (published?.size !== state.offset) throw cause;
  // The other call may not have come as far as this.
  await objects.settle(key);
  return published;
}
