import { S3Client } from '@aws-sdk/client-s3';
import { ObjectNotFoundError, StorageUnavailableError, UploadNotFoundError } from '@stowage/storage';
import { describe, expect, it } from 'vitest';
import { Bucket, type Condition } from './bucket.js';
import { ObjectExistsError, onService, toStorageError } from './s3-errors.js';

function answer(name: string): Error {
  return Object.assign(new Error(name), { name });
}

describe('an answer of the service', () => {
  it.each([
    { name: 'NoSuchKey', expected: ObjectNotFoundError },
    { name: 'NotFound', expected: ObjectNotFoundError },
    { name: 'NoSuchUpload', expected: UploadNotFoundError },
    { name: 'InvalidPart', expected: UploadNotFoundError },
    { name: 'PreconditionFailed', expected: ObjectExistsError },
    { name: 'ConditionalRequestConflict', expected: ObjectExistsError },
    { name: 'NoSuchBucket', expected: StorageUnavailableError },
    { name: 'AccessDenied', expected: StorageUnavailableError },
    { name: 'SlowDown', expected: StorageUnavailableError },
    { name: 'InternalError', expected: StorageUnavailableError },
    { name: 'InvalidRange', expected: StorageUnavailableError },
    { name: 'TimeoutError', expected: StorageUnavailableError },
  ])('of $name becomes $expected.name', ({ name, expected }) => {
    const cause = answer(name);
    const error = toStorageError(cause, 'blobs/a');
    expect(error).toBeInstanceOf(expected);
    expect(error.cause).toBe(cause);
  });

  it('is not what an abort looks like', async () => {
    const controller = new AbortController();
    const failing = onService('blobs/a', controller.signal, async () => {
      controller.abort();
      throw answer('AbortError');
    });
    await expect(failing).rejects.toBe(controller.signal.reason);
  });
});

describe('a write that must not replace anything', () => {
  const bucket = () => new Bucket(new S3Client({ region: 'nowhere' }), 'bucket', '');

  it('goes without the condition where the service has none, and remembers that', async () => {
    const seen: Condition[] = [];
    const write = async (condition: Condition) => {
      seen.push(condition);
      if (condition.IfNoneMatch) throw toStorageError(answer('NotImplemented'), 'blobs/a');
    };
    const target = bucket();
    await target.ifAbsent(write);
    await target.ifAbsent(write);
    expect(seen).toEqual([{ IfNoneMatch: '*' }, {}, {}]);
  });

  it('is not repeated when it was refused', async () => {
    const refused = toStorageError(answer('PreconditionFailed'), 'blobs/a');
    const writing = bucket().ifAbsent(() => Promise.reject(refused));
    await expect(writing).rejects.toBe(refused);
  });
});
