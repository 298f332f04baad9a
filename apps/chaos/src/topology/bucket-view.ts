import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { CreateBucketCommand, ListMultipartUploadsCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import type { CleanUp } from '../clean-up.js';
import { findFreePort } from './free-port.js';
import type { StorageView, StoredObject } from './storage-view.js';

const SCRIPT = fileURLToPath(new URL('../../../../libs/dev-env/tasks/s3-server.sh', import.meta.url));
/** Where the tests keep the unpacked packages as well. */
const CACHE = fileURLToPath(new URL('../../../../artifacts/s3-server', import.meta.url));
const BUCKET = 'chaos';
const KEYS = { accessKeyId: 'STOWAGETEST', secretAccessKey: 'stowage-test-secret' };
const READY_MS = 180_000;

/** A bucket of a real S3 server of its own. Throws where there can be none. */
export async function startBucket(cleanUp: CleanUp): Promise<StorageView> {
  const port = await findFreePort();
  const child = spawn('bash', [SCRIPT, CACHE, String(port)], { stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = once(child, 'exit');
  cleanUp.add(async () => {
    child.stdin.end(); // the script stops what it has started when its input ends
    await ended;
  });
  await ready(child);
  const endpoint = `http://127.0.0.1:${port}`;
  const client = new S3Client({ endpoint, region: 'us-east-1', credentials: KEYS, forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket: BUCKET }));
  return {
    env: {
      STOWAGE_STORAGE: 's3',
      STOWAGE_S3_BUCKET: BUCKET,
      STOWAGE_S3_ENDPOINT: endpoint,
      STOWAGE_S3_ACCESS_KEY_ID: KEYS.accessKeyId,
      STOWAGE_S3_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
      STOWAGE_S3_FORCE_PATH_STYLE: 'true',
    },
    objects: () => listObjects(client, 'blobs/'),
    // A mark, parts beside it, or both: an upload is the folder that they lie in.
    staged: async () => {
      const objects = await listObjects(client, 'uploads/');
      const keys = [...objects.map(({ key }) => key), ...(await listMultiparts(client, 'uploads/'))];
      return [...new Set(keys.map((key) => key.split('/').slice(0, 2).join('/')))];
    },
  };
}

async function listObjects(client: S3Client, prefix: string): Promise<StoredObject[]> {
  const objects: StoredObject[] = [];
  const pages = paginateListObjectsV2({ client }, { Bucket: BUCKET, Prefix: prefix });
  for await (const { Contents = [] } of pages) {
    objects.push(...Contents.flatMap(({ Key, Size = 0 }) => (Key === undefined ? [] : { key: Key, bytes: Size })));
  }
  return objects;
}

async function listMultiparts(client: S3Client, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  let next: { KeyMarker: string | undefined; UploadIdMarker: string | undefined } | undefined;
  do {
    const page = await client.send(new ListMultipartUploadsCommand({ Bucket: BUCKET, Prefix: prefix, ...next }));
    keys.push(...(page.Uploads ?? []).flatMap(({ Key }) => Key ?? []));
    const { NextKeyMarker: KeyMarker, NextUploadIdMarker: UploadIdMarker } = page;
    next = page.IsTruncated ? { KeyMarker, UploadIdMarker } : undefined;
  } while (next);
  return keys;
}

async function ready(child: ChildProcess): Promise<void> {
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-500);
  });
  const problem = await new Promise<string | undefined>((resolve) => {
    setTimeout(resolve, READY_MS, 'it was not ready in time').unref();
    child.stdout?.on('data', (chunk: Buffer) => chunk.includes('ready') && resolve(undefined));
    child.once('exit', () => resolve(errors.trim() || 'it ended'));
  });
  if (problem !== undefined) throw new Error(`no S3 server: ${problem}`);
}
