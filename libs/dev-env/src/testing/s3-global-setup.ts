import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { S3_STARTER_VARIABLE } from './find-test-s3.js';
import { type StartedS3, startTestS3 } from './test-s3.js';

/** Vitest's `globalSetup`: one S3 server for all files of a run, started when the first of them asks where it is. */
export async function setup(): Promise<() => Promise<void>> {
  let started: Promise<StartedS3 | string> | undefined;
  const starter = createServer((_, response) => {
    started ??= startTestS3();
    started.then(
      (outcome) => response.writeHead(typeof outcome === 'string' ? 503 : 200).end(endpointOr(outcome)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  starter.listen(0, '127.0.0.1');
  await once(starter, 'listening');
  process.env[S3_STARTER_VARIABLE] = `http://127.0.0.1:${(starter.address() as AddressInfo).port}`;
  return async () => {
    delete process.env[S3_STARTER_VARIABLE];
    starter.close();
    starter.closeAllConnections();
    const outcome = await started?.catch(() => undefined);
    if (typeof outcome === 'object') await outcome.stop();
  };
}

function endpointOr(outcome: StartedS3 | string): string {
  return typeof outcome === 'string' ? outcome : outcome.endpoint;
}
