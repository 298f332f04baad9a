import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { Readable } from 'node:stream';
import { MIB } from '../options.js';
import type { Blob } from '../random-blob.js';
import { megabytesPerSecond } from '../scenario.js';
import type { S3Server } from './s3-server.js';
import type { S3Side } from './s3-side.js';

/** What the driver does as well. */
const PART_BYTES = 5 * MIB;
const PARTS_AT_A_TIME = 4;
const BUCKET = 'sdk-alone';

/** The SDK of the S3 driver, with its settings, and nothing else: what the service and the SDK cost by themselves. */
export class SdkAlone implements S3Side {
  readonly name = 'SDK alone';
  readonly pid = process.pid;
  readonly #client: S3Client;

  constructor({ endpoint, region, accessKeyId, secretAccessKey }: S3Server) {
    this.#client = new S3Client({
      endpoint,
      region,
      credentials: { accessKeyId, secretAccessKey },
      forcePathStyle: true,
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
  }

  async createBucket(name = BUCKET): Promise<void> {
    await this.#client.send(new CreateBucketCommand({ Bucket: name }));
  }

  push(blobs: readonly Blob[]): Promise<number> {
    return timed(blobs, (blob) => this.#upload(blob));
  }

  pull(blobs: readonly Blob[]): Promise<number> {
    return timed(blobs, (blob) => this.#download(blob));
  }

  async #upload(blob: Blob): Promise<void> {
    const object = { Bucket: BUCKET, Key: blob.digest };
    const { UploadId } = await this.#client.send(new CreateMultipartUploadCommand(object));
    const parts: Promise<{ PartNumber: number; ETag: string | undefined }>[] = [];
    for (const Body of partsOf(blob)) {
      const PartNumber = parts.length + 1;
      const sent = this.#client.send(new UploadPartCommand({ ...object, UploadId, PartNumber, Body }));
      parts.push(sent.then(({ ETag }) => ({ PartNumber, ETag })));
      await parts.at(-PARTS_AT_A_TIME);
    }
    const Parts = await Promise.all(parts);
    await this.#client.send(new CompleteMultipartUploadCommand({ ...object, UploadId, MultipartUpload: { Parts } }));
  }

  async #download(blob: Blob): Promise<void> {
    const { Body } = await this.#client.send(new GetObjectCommand({ Bucket: BUCKET, Key: blob.digest }));
    let size = 0;
    for await (const chunk of Body as Readable) size += (chunk as Buffer).length;
    if (size !== blob.size) throw new Error('a download came up short');
  }
}

function* partsOf(blob: Blob): Generator<Buffer> {
  let collected: Buffer[] = [];
  let size = 0;
  for (const chunk of blob.chunks()) {
    for (let taken = 0; taken < chunk.length; ) {
      const bytes = chunk.subarray(taken, taken + PART_BYTES - size);
      collected.push(bytes);
      size += bytes.length;
      taken += bytes.length;
      if (size < PART_BYTES) continue;
      yield Buffer.concat(collected);
      collected = [];
      size = 0;
    }
  }
  if (size > 0) yield Buffer.concat(collected);
}

async function timed(blobs: readonly Blob[], transfer: (blob: Blob) => Promise<void>): Promise<number> {
  const started = performance.now();
  await Promise.all(blobs.map(transfer));
  return megabytesPerSecond(
    blobs.reduce((sum, { size }) => sum + size, 0),
    performance.now() - started,
  );
}
