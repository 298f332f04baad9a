import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('../../dev-env/tasks/s3-server.sh', import.meta.url));
/** Unpacked packages, kept from run to run. */
const CACHE = fileURLToPath(new URL('../../../artifacts/s3-server', import.meta.url));
const START_MS = 110_000;

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface S3Server {
  readonly endpoint: string;
  readonly region: string;
  /** Of who makes the buckets. */
  readonly credentials: Credentials;
  /** Of an account that has nothing but what a bucket's policy gives it. */
  readonly account: { readonly name: string; readonly credentials: Credentials };
  stop(): Promise<void>;
}

const KNOWN = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'STOWAGETEST', secretAccessKey: 'stowage-test-secret' },
  account: { name: 'app', credentials: { accessKeyId: 'STOWAGEAPP', secretAccessKey: 'stowage-app-secret' } },
};

/**
 * A real S3 server: the one that STOWAGE_TEST_S3_ENDPOINT names (with the keys of `s3-server.sh`), else one of its own,
 * which ends with this process. Undefined, with a line that says why, where there can be none.
 */
export async function startS3Server(): Promise<S3Server | undefined> {
  const given = process.env['STOWAGE_TEST_S3_ENDPOINT'];
  if (given !== undefined) return { ...KNOWN, endpoint: given, stop: async () => {} };
  const port = await freePort();
  const child = spawn('bash', [SCRIPT, CACHE, String(port)], { stdio: ['pipe', 'pipe', 'pipe'] });
  const problem = await untilReady(child);
  if (problem !== undefined) {
    child.stdin.end();
    reportSkip(problem);
    return undefined;
  }
  const stop = async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.stdin.end();
    await ended;
  };
  return { ...KNOWN, endpoint: `http://127.0.0.1:${port}`, stop };
}

/** Undefined when it is ready, else why it is not. */
function untilReady(child: ChildProcess): Promise<string | undefined> {
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-500)));
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve('the server was not ready in time'), START_MS);
    child.stdout?.on('data', (chunk: Buffer) => chunk.includes('ready') && resolve(undefined));
    child.once('error', (error) => resolve(error.message));
    child.once('exit', () => resolve(errors.trim().split('\n').at(-1) || 'the server ended'));
    void Promise.resolve().then(() => child.once('exit', () => clearTimeout(timer)));
    timer.unref();
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/** `npm test` repeats the line at its end, so that nobody takes a skip for a pass. */
function reportSkip(reason: string): void {
  const line = `SKIPPED the S3 driver against a real server (Debian's radosgw): ${reason}`;
  process.stdout.write(`${line}\n`);
  const file = process.env['STOWAGE_E2E_SKIPS'];
  if (file) appendFileSync(file, `${line}\n`);
}
