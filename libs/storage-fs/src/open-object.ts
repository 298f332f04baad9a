import type { FileHandle } from 'node:fs/promises';
import type { ByteRange } from '@stowage/oci';
import { StorageUnavailableError } from '@stowage/storage';
import { onDisk } from './fs-errors.js';

/** An open file and the part of it that was asked for; whoever holds it closes the handle. */
export interface OpenObject {
  readonly handle: FileHandle;
  /** The same file past the page cache. */
  readonly direct?: FileHandle | undefined;
  readonly first: number;
  /** After the last byte. */
  readonly end: number;
}

/** Takes over the handle: closes it when it rejects. */
export async function openObject(handle: FileHandle, range: ByteRange | undefined): Promise<OpenObject> {
  try {
    const { size } = await onDisk(() => handle.stat());
    if (range && range.last >= size) throw endsEarly();
    return range ? { handle, first: range.first, end: range.last + 1 } : { handle, first: 0, end: size };
  } catch (cause) {
    await handle.close();
    throw cause;
  }
}

/** Fills `block` from `position`. Rejects at the end of the file: nobody may take a part for the whole. */
export async function readFully(handle: FileHandle, block: Buffer, position: number): Promise<Buffer> {
  for (let read = 0; read < block.length; ) {
    const { bytesRead } = await onDisk(() => handle.read(block, read, block.length - read, position + read));
    if (bytesRead === 0) throw endsEarly();
    read += bytesRead;
  }
  return block;
}

function endsEarly(): StorageUnavailableError {
  return new StorageUnavailableError('the object ends before the range does');
}
