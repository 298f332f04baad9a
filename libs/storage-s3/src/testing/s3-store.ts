import { randomBytes } from 'node:crypto';
import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { S3DriverOptions } from '../s3-client.js';
import { S3Driver } from '../s3-driver.js';
import { documentedPolicy } from './documented-policy.js';

/** A server of the tests, with an account that makes buckets and one that has what a bucket's policy gives it. */
export interface S3Server {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: Credentials;
  readonly account: { readonly name: string; readonly credentials: Credentials };
}

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** A bucket of its own for one test, and a way to look into it that is not the driver's. */
export class S3Store {
  readonly bucket = `test-${randomBytes(8).toString('hex')}`;
  readonly #server: S3Server;
  readonly #client: S3Client;

  private constructor(server: S3Server) {
    this.#server = server;
    const { endpoint, region, credentials } = server;
    this.#client = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  }

  static async open(server: S3Server): Promise<S3Store> {
    const store = new S3Store(server);
    await store.#client.send(new CreateBucketCommand({ Bucket: store.bucket }));
    await store.allowWhatIsDocumented();
    return store;
  }

  /** Gives the drivers' account the rights that the README lists, but for one. */
  async allowWhatIsDocumented(omitted?: string): Promise<void> {
    const policy = documentedPolicy({ bucket: this.bucket, account: this.#server.account.name, omitted });
    await this.#client.send(new PutBucketPolicyCommand({ Bucket: this.bucket, Policy: policy }));
  }

  /** A driver that shares nothing with any other but the bucket. It may do no more than the README says it must. */
  driver(options: Partial<S3DriverOptions> = {}): S3Driver {
    const { endpoint, region, account } = this.#server;
    const { credentials } = account;
    return new S3Driver({ bucket: this.bucket, endpoint, region, credentials, forcePathStyle: true, ...options });
  }

  async keys(): Promise<string[]> {
    const keys: string[] = [];
    let token: string | undefined;
    do {
      const position = token === undefined ? {} : { ContinuationToken: token };
      const page = await this.#client.send(new ListObjectsV2Command({ Bucket: this.bucket, ...position }));
      keys.push(...(page.Contents ?? []).map((object) => object.Key ?? ''));
      token = page.NextContinuationToken;
    } while (token !== undefined);
    return keys;
  }

  /** The keys of multipart uploads that were neither completed nor aborted. */
  async multiparts(): Promise<string[]> {
    const { Uploads } = await this.#client.send(new ListMultipartUploadsCommand({ Bucket: this.bucket }));
    return (Uploads ?? []).map((upload) => upload.Key ?? '');
  }

  /** What a process leaves that dies after it has begun an upload. */
  async openMultipart(key: string): Promise<void> {
    await this.#client.send(new CreateMultipartUploadCommand({ Bucket: this.bucket, Key: key }));
  }

  get endpoint(): string {
    return this.#server.endpoint;
  }

  /** Of who has made the bucket. */
  get client(): S3Client {
    return this.#client;
  }

  /** With the rights of the drivers' account. */
  accountClient(): S3Client {
    const { endpoint, region, account } = this.#server;
    return new S3Client({ endpoint, region, credentials: account.credentials, forcePathStyle: true });
  }

  /** With all rights, in another account than the drivers'. */
  strangersDriver(): S3Driver {
    return this.driver({ credentials: this.#server.credentials });
  }

  async dispose(): Promise<void> {
    const keys = await this.keys();
    const lane = async () => {
      for (let key = keys.pop(); key; key = keys.pop()) await this.remove(key);
    };
    await Promise.all(Array.from({ length: 16 }, lane));
    // @NOTE a bucket with unfinished uploads in it stays: the server ends with the run.
    await this.#client.send(new DeleteBucketCommand({ Bucket: this.bucket })).catch(() => undefined);
    this.#client.destroy();
  }

  async bytesOf(key: string): Promise<Buffer> {
    const { Body } = await this.accountClient().send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  }

  /** The object becomes these bytes, as no driver would ever do it. */
  async replace(key: string, bytes: Buffer): Promise<void> {
    await this.accountClient().send(new PutObjectCommand({ Bucket: this.bucket, Key: key, Body: bytes }));
  }

  async remove(key: string): Promise<void> {
    await this.#client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: key }));
  }
}
