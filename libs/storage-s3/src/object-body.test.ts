import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { StorageUnavailableError } from '@stowage/storage';
import { contentOf, patternBytes, sourceOf } from '@stowage/storage/testing';
import { describe, expect, it } from 'vitest';
import { ObjectBody } from './object-body.js';

const BYTES = patternBytes(1024 * 1024);

/** What a service sends that dies in the middle. */
async function brokenAnswer(): Promise<IncomingMessage> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'Content-Length': BYTES.length });
    response.write(BYTES.subarray(0, 1000), () => response.socket?.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const request = get({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, agent: false });
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  server.close();
  return answer;
}

describe('the body of an answer', () => {
  it('is all of the expected bytes', async () => {
    const body = new ObjectBody(sourceOf(BYTES), BYTES.length);
    expect(BYTES.equals(await contentOf(body))).toBe(true);
  });

  it('may be empty', async () => {
    expect(await contentOf(new ObjectBody(sourceOf(Buffer.alloc(0)), 0))).toHaveLength(0);
  });

  it.each([-1, 1])('fails when it has %d bytes too many', async (excess) => {
    const body = new ObjectBody(sourceOf(BYTES), BYTES.length - excess);
    await expect(contentOf(body)).rejects.toBeInstanceOf(StorageUnavailableError);
  });

  it('fails when the connection breaks', async () => {
    const body = new ObjectBody(await brokenAnswer(), BYTES.length);
    await expect(contentOf(body)).rejects.toBeInstanceOf(StorageUnavailableError);
  });

  it('fails when it is destroyed under way', async () => {
    const source = sourceOf(BYTES);
    const body = new ObjectBody(source, BYTES.length);
    await once(body, 'readable');
    source.destroy();
    await expect(contentOf(body)).rejects.toBeInstanceOf(StorageUnavailableError);
  });

  it('lets go of the connection when its reader does', async () => {
    const source = sourceOf(BYTES);
    const body: Readable = new ObjectBody(source, BYTES.length);
    for await (const _chunk of body) break;
    expect(source.destroyed).toBe(true);
  });

  it('does not run ahead of its reader', async () => {
    const source = sourceOf(patternBytes(16 * 1024 * 1024));
    const body = new ObjectBody(source, 16 * 1024 * 1024);
    await once(body, 'readable');
    await new Promise((resolve) => setImmediate(resolve));
    expect(body.readableLength).toBeLessThan(1024 * 1024);
    body.destroy();
  });
});
