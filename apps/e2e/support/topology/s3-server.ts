import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { CreateBucketCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { findFreePort } from '../stowage.js';

const SCRIPT = fileURLToPath(new URL('../../../../libs/dev-env/tasks/s3-server.sh', import.meta.url));
const CACHE = fileURLToPath(new URL('../../../../artifacts/s3-server', import.meta.url));
const READY_MS = 170_000;

export interface S3Server {
  readonly endpoint: string;
  stop(): Promise<void>;
}

const KEYS = { accessKeyId: 'STOWAGETEST', secretAccessKey: 'stowage-test-secret' };

/** What makes a Stowage keep its blobs in a bucket of that server. */
export function s3Environment(server: S3Server, bucket: string): Record<string, string> {
  return {
    STOWAGE_STORAGE: 's3',
    STOWAGE_S3_BUCKET: bucket,
    STOWAGE_S3_ENDPOINT: server.endpoint,
    STOWAGE_S3_ACCESS_KEY_ID: KEYS.accessKeyId,
    STOWAGE_S3_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
    STOWAGE_S3_FORCE_PATH_STYLE: 'true',
  };
}

export async function createBucket(server: S3Server, bucket: string): Promise<void> {
  await clientOf(server).send(new CreateBucketCommand({ Bucket: bucket }));
}

export async function listKeys(server: S3Server, bucket: string, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  const pages = paginateListObjectsV2({ client: clientOf(server) }, { Bucket: bucket, Prefix: prefix });
  for await (const { Contents = [] } of pages) keys.push(...Contents.flatMap(({ Key }) => Key ?? []));
  return keys;
}

function clientOf({ endpoint }: S3Server): S3Client {
  return new S3Client({ endpoint, region: 'us-east-1', credentials: KEYS, forcePathStyle: true });
}

/** A real S3 server from Debian's packages; a string that says why where there can be none. */
export async function startS3Server(): Promise<S3Server | string> {
  const port = await findFreePort();
  const child = spawn('bash', [SCRIPT, CACHE, String(port)], { stdio: ['pipe', 'pipe', 'pipe'] });
  const problem = await untilReady(child);
  const stop = async (): Promise<void> => {
    const ended = once(child, 'exit');
    child.stdin.end();
    await ended;
  };
  if (problem === undefined) return { endpoint: `http://127.0.0.1:${port}`, stop };
  child.stdin.end();
  return problem;
}

async function untilReady(child: ChildProcess): Promise<string | undefined> {
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-500)));
  return new Promise((resolve) => {
    setTimeout(() => resolve('the server was not ready in time'), READY_MS).unref();
    child.stdout?.on('data', (chunk: Buffer) => chunk.includes('ready') && resolve(undefined));
    child.once('error', (error) => resolve(error.message));
    child.once('exit', () => resolve(errors.trim().split('\n').at(-1) || 'the server ended'));
  });
}
