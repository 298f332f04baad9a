import { ListMultipartUploadsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { type Bucket, sending } from './bucket.js';
import { Multipart } from './multipart.js';
import { onService } from './s3-errors.js';

export interface ListedObject {
  readonly path: string;
  readonly size: number;
  readonly modifiedAt: Date;
}

export interface ListedMultipart {
  readonly multipart: Multipart;
  readonly begunAt: Date;
}

/** Every object under the prefix, in byte order, page by page. */
export async function* objectsUnder(
  bucket: Bucket,
  prefix: string,
  signal?: AbortSignal,
): AsyncGenerator<ListedObject> {
  const { Bucket: name, Key } = bucket.target(prefix);
  let token: string | undefined;
  do {
    const position = token === undefined ? {} : { ContinuationToken: token };
    const command = new ListObjectsV2Command({ Bucket: name, Prefix: Key, ...position });
    const page = await onService(prefix, signal, () => bucket.client.send(command, sending(signal)));
    for (const { Key: key = '', Size = 0, LastModified = new Date(0) } of page.Contents ?? []) {
      yield { path: bucket.pathOf(key), size: Size, modifiedAt: toSecond(LastModified) };
    }
    token = page.IsTruncated ? page.NextContinuationToken : undefined;
  } while (token !== undefined);
}

/** Every multipart upload under the prefix that was neither completed nor aborted. */
export async function* multipartsUnder(bucket: Bucket, prefix: string): AsyncGenerator<ListedMultipart> {
  const { Bucket: name, Key } = bucket.target(prefix);
  let position: { KeyMarker?: string; UploadIdMarker?: string } | undefined = {};
  while (position) {
    const command: ListMultipartUploadsCommand = new ListMultipartUploadsCommand({
      Bucket: name,
      Prefix: Key,
      ...position,
    });
    const page = await onService(prefix, undefined, () => bucket.client.send(command));
    for (const { Key: key = '', UploadId = '', Initiated = new Date(0) } of page.Uploads ?? []) {
      yield { multipart: new Multipart(bucket, bucket.pathOf(key), UploadId), begunAt: Initiated };
    }
    const { NextKeyMarker, NextUploadIdMarker } = page;
    position =
      page.IsTruncated && NextKeyMarker !== undefined
        ? {
            KeyMarker: NextKeyMarker,
            ...(NextUploadIdMarker === undefined ? {} : { UploadIdMarker: NextUploadIdMarker }),
          }
        : undefined;
  }
}

/** HEAD tells whole seconds, and both must tell the same. */
function toSecond(time: Date): Date {
  return new Date(Math.floor(time.getTime() / 1000) * 1000);
}
