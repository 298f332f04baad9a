import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('../../tasks/s3-server.sh', import.meta.url));
/** Unpacked packages, kept from run to run. */
const CACHE = fileURLToPath(new URL('../../../../artifacts/s3-server', import.meta.url));
const START_MS = 110_000;

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface TestS3 {
  readonly endpoint: string;
  readonly region: string;
  /** Of who makes the buckets. */
  readonly credentials: Credentials;
  /** Of an account that has nothing but what a bucket's policy gives it. */
  readonly account: { readonly name: string; readonly credentials: Credentials };
}

/** The server at that endpoint, which has the keys of `s3-server.sh`. */
export function testS3At(endpoint: string): TestS3 {
  return {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'STOWAGETEST', secretAccessKey: 'stowage-test-secret' },
    account: { name: 'app', credentials: { accessKeyId: 'STOWAGEAPP', secretAccessKey: 'stowage-app-secret' } },
  };
}

export interface StartedS3 {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** A real S3 server, which ends with this process at the latest; a string that says why where there can be none. */
export async function startTestS3(): Promise<StartedS3 | string> {
  const port = await freePort();
  const child = spawn('bash', [SCRIPT, CACHE, String(port)], { stdio: ['pipe', 'pipe', 'pipe'] });
  const problem = await untilReady(child);
  if (problem !== undefined) {
    child.stdin.end();
    return problem;
  }
  const stop = async () => {
    const ended = once(child, 'exit');
    child.stdin.end();
    await ended;
  };
  return { endpoint: `http://127.0.0.1:${port}`, stop };
}

/** Undefined when it is ready, else why it is not. */
async function untilReady(child: ChildProcess): Promise<string | undefined> {
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-500)));
  return new Promise((resolve) => {
    setTimeout(() => resolve('the server was not ready in time'), START_MS).unref();
    child.stdout?.on('data', (chunk: Buffer) => chunk.includes('ready') && resolve(undefined));
    child.once('error', (error) => resolve(error.message));
    child.once('exit', () => resolve(errors.trim().split('\n').at(-1) || 'the server ended'));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
