import { randomBytes } from 'node:crypto';
import { parseObjectKey, UploadNotFoundError, type UploadState } from '@stowage/storage';

/** Not a place for objects: staged bytes lie beside them. */
export const STAGING = 'uploads/';

const TOKEN = /^[0-9a-f]{32}$/;
const STAGED = /^uploads\/([0-9a-f]{32})\//;
const MARK = /^uploads\/[0-9a-f]{32}\/([0-9]{16})$/;

export function newToken(): string {
  return randomBytes(16).toString('hex');
}

/** Everything that belongs to an upload. Throws UploadNotFoundError unless this driver could have given out the state. */
export function folderOf({ token, offset }: UploadState): string {
  const isOurs = TOKEN.test(token) && Number.isSafeInteger(offset) && offset >= 0;
  if (!isOurs) throw new UploadNotFoundError('not a state of this driver');
  return `${STAGING}${token}/`;
}

/** Where a state is noted down; in byte order of the offsets. */
export function markPath(state: UploadState): string {
  return folderOf(state) + String(state.offset).padStart(16, '0');
}

export function tokenOf(path: string): string | undefined {
  return STAGED.exec(path)?.[1];
}

/** The offset that a mark stands for; undefined when the path is no mark. */
export function offsetOf(path: string): number | undefined {
  const digits = MARK.exec(path)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Throws TypeError for a key that is reserved. */
export function objectPath(key: string): string {
  // Checked again although the type says so: this is where a string becomes a path.
  const path = parseObjectKey(key);
  if (path.startsWith(STAGING)) throw new TypeError('a reserved object key');
  return path;
}

export function isObjectPath(path: string): boolean {
  try {
    return objectPath(path) === path;
  } catch {
    return false; // somebody else's object
  }
}
