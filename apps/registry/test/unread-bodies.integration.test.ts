import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Acme, anAcme, openApp } from './open-app.js';

const MIB = 1024 * 1024;
const opened = openApp();
let acme: Acme;

beforeAll(async () => {
  acme = await anAcme(opened);
});

/** Begins a chunk that doesn't start where the upload ends, and reads the refusal before most of the chunk is sent. */
async function refusedChunk(connection: string, bytes: number) {
  const { headers } = await opened.request(`POST /v2/${acme.name}/blobs/uploads/`, { token: acme.token });
  const { port } = opened.app.getHttpServer().address() as AddressInfo;
  const socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.write(
    [
      `PATCH ${headers.location} HTTP/1.1`,
      'Host: localhost',
      `Authorization: Bearer ${acme.token}`,
      `Connection: ${connection}`,
      `Content-Range: ${bytes}-${2 * bytes - 1}`,
      `Content-Length: ${bytes}`,
      '',
      'x',
    ].join('\r\n'),
  );
  const [answer] = (await once(socket, 'data')) as [Buffer];
  return { socket, statusLine: answer.toString().split('\r\n')[0] };
}

describe('a refused body that its client goes on sending (RFC 9112, 9.6)', () => {
  it.each(['close', 'keep-alive'])('does not cost it the answer, with Connection: %s', async (connection) => {
    const { socket, statusLine } = await refusedChunk(connection, 5 * MIB);
    expect(statusLine).toBe('HTTP/1.1 416 Range Not Satisfiable');
    const ends = once(socket.resume(), 'end'); // rejects when the connection is reset
    socket.write(Buffer.alloc(5 * MIB - 1));
    socket.end();
    await ends;
  });

  it.each(['close', 'keep-alive'])('is cut after 64 MiB, with Connection: %s', async (connection) => {
    const { socket } = await refusedChunk(connection, 100 * MIB);
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    socket.on('close', () => resolve()).on('error', () => undefined);
    let sent = 0;
    const more = () => {
      while (!socket.destroyed && sent < 90) {
        sent += 1;
        if (!socket.write(Buffer.alloc(MIB))) return;
      }
    };
    socket.on('drain', more);
    more();
    await closed;
    expect(sent).toBeGreaterThanOrEqual(64);
  });
});
