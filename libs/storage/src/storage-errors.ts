import type { UploadState } from './storage-driver.js';

export class StorageError extends Error {
  override name = 'StorageError';
}

export class ObjectNotFoundError extends StorageError {
  override name = 'ObjectNotFoundError';
}

export class UploadNotFoundError extends StorageError {
  override name = 'UploadNotFoundError';
}

/** The source of an append failed or was aborted; `state` is what is durable. */
export class UploadInterruptedError extends StorageError {
  override name = 'UploadInterruptedError';
  constructor(
    readonly state: UploadState,
    options: ErrorOptions,
  ) {
    super('the upload was interrupted', options);
  }
}

/** The backend failed or is full; trying again later may help. */
export class StorageUnavailableError extends StorageError {
  override name: string = 'StorageUnavailableError';
}

/** There is no room: nothing that is written helps until the operator has made some. Reading goes on. */
export class StorageFullError extends StorageUnavailableError {
  override name = 'StorageFullError';
}
