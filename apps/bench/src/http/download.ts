import { connect } from 'node:net';
import { MIB } from '../options.js';
import { rawGet, ResponseCounter } from './response-counter.js';

/** Gets a body over a connection of its own, into one buffer again and again; resolves with its length. */
export function download(url: URL, headers: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    const counter = new ResponseCounter();
    const socket = connect({
      host: url.hostname,
      port: Number(url.port),
      onread: {
        buffer: Buffer.allocUnsafeSlow(MIB),
        callback: (bytes, buffer) => {
          try {
            if (counter.take(Buffer.from(buffer.buffer, buffer.byteOffset, bytes))) {
              resolve(counter.length);
              socket.destroy();
            }
          } catch (cause) {
            socket.destroy(cause as Error);
          }
          return true;
        },
      },
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`${url.pathname}: the connection closed before the end`)));
    socket.write(rawGet(url, { ...headers, connection: 'close' }));
  });
}
