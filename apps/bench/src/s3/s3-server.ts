import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CleanUp } from '../clean-up.js';
import { findFreePort } from '../servers/server-process.js';

const ROOT = new URL('../../../../', import.meta.url);
const SCRIPT = fileURLToPath(new URL('libs/dev-env/tasks/s3-server.sh', ROOT));
/** Where the tests keep the unpacked packages as well. */
const CACHE = fileURLToPath(new URL('artifacts/s3-server', ROOT));
const START_TIMEOUT_MS = 180_000;

export interface S3Server {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** A real S3 server on this machine. Undefined, with a line that says why, where there can be none. */
export async function startS3Server(cleanUp: CleanUp): Promise<S3Server | undefined> {
  if (!existsSync('/usr/bin/apt-get')) return missing("it comes from Debian's packages");
  const port = await findFreePort();
  const child = spawn('bash', [SCRIPT, CACHE, String(port)], { stdio: ['pipe', 'pipe', 'pipe'] });
  const exited = once(child, 'exit');
  cleanUp.add(async () => {
    child.stdin.end(); // the script stops what it has started when its input ends
    await exited;
  });
  const problem = await untilReady(child);
  if (problem !== undefined) return missing(problem);
  const keys = { accessKeyId: 'STOWAGETEST', secretAccessKey: 'stowage-test-secret' };
  return { endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', ...keys };
}

function missing(reason: string): undefined {
  console.log(`no S3 server to compare on: ${reason}`);
}

/** Undefined when it is ready, else why it is not. */
function untilReady(child: ChildProcess): Promise<string | undefined> {
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-500);
  });
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve('it was not ready in time'), START_TIMEOUT_MS);
    const settle = (problem: string | undefined) => {
      clearTimeout(timer);
      resolve(problem);
    };
    child.stdout?.on('data', (chunk: Buffer) => chunk.includes('ready') && settle(undefined));
    child.once('exit', () => settle(errors.trim().split('\n').at(-1) || 'it ended'));
  });
}
