import { once } from 'node:events';
import { createServer, type IncomingMessage, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OciError } from '@stowage/oci';
import type { FastifyRequest } from 'fastify';
import { expect, it } from 'vitest';
import { readBody } from './request-body.js';

it('a client that goes away in the middle of a manifest is refused, and no defect of ours', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    const headers = { 'content-length': '100' };
    const client = send({ host: '127.0.0.1', port, method: 'PUT', headers });
    client.on('error', () => undefined); // it is the one that hangs up
    client.write('{"schemaVersion":');
    const [raw] = (await once(server, 'request')) as [IncomingMessage];
    const body = readBody({ raw, headers: raw.headers } as FastifyRequest, 1000);
    client.destroy();
    await expect(body).rejects.toThrow(OciError);
    await expect(body).rejects.toMatchObject({ code: 'MANIFEST_INVALID', status: 400 });
  } finally {
    server.close();
  }
});
