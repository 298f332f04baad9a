import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { exchange, type Outgoing } from './exchange.js';

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function ask(answer: RequestListener, outgoing: Partial<Outgoing> = {}) {
  server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return exchange({ method: 'PUT', url, headers: {}, body: Buffer.alloc(1_000), timeoutMs: 30_000, ...outgoing });
}

test('an answer comes whole', async () => {
  const outcome = await ask((request, response) => request.resume().on('end', () => response.end('done')));
  expect(outcome).toMatchObject({ kind: 'answered', status: 200, isWhole: true });
  expect(outcome.kind === 'answered' && outcome.body.toString()).toBe('done');
});

test('an answer that breaks off is not whole', async () => {
  const outcome = await ask((_request, response) => {
    response.writeHead(200, { 'content-length': '10' });
    response.write('half', () => response.destroy());
  });
  expect(outcome).toMatchObject({ kind: 'answered', status: 200, isWhole: false });
});

test('a connection that breaks, and an answer that does not come, are lost', async () => {
  expect(await ask((request) => request.socket.destroy())).toMatchObject({ kind: 'lost' });
  expect(await ask(() => undefined, { timeoutMs: 50 })).toMatchObject({ kind: 'lost' });
});

test('a client that leaves after the request has sent all of it', async () => {
  const received = new Promise<number>((resolve) => {
    void ask(
      (request) => {
        let bytes = 0;
        request.on('data', (chunk: Buffer) => (bytes += chunk.length)).on('end', () => resolve(bytes));
      },
      { departure: { afterBytes: 1_000, afterMs: 0 } },
    );
  });
  expect(await received).toBe(1_000);
});

test('a client that leaves in the middle has sent a part', async () => {
  const received = new Promise<string>((resolve) => {
    void ask(
      (request) => {
        request.resume().on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''));
      },
      { departure: { afterBytes: 400, afterMs: 0 } },
    );
  });
  expect(await received).toBe('ECONNRESET');
});

test('nobody who listens is a request that was never sent', async () => {
  const gone = createServer().listen(0, '127.0.0.1');
  await once(gone, 'listening');
  const url = new URL(`http://127.0.0.1:${(gone.address() as AddressInfo).port}/`);
  gone.close();
  await once(gone, 'close');
  expect(await exchange({ method: 'GET', url, headers: {}, timeoutMs: 30_000 })).toEqual({ kind: 'refused' });
});
