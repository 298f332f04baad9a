import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Stowage } from './stowage.js';

/** A POST whose body is sent bit by bit. The server has taken the request: it has asked for the body (RFC 9110, 10.1.1). */
export class SlowPush {
  private constructor(
    private readonly socket: Socket,
    private readonly received: { text: string; error?: Error; ended: boolean },
  ) {}

  static async begin(stowage: Stowage, path: string, token: string, contentLength: number): Promise<SlowPush> {
    const socket = connect(stowage.port, '127.0.0.1');
    await once(socket, 'connect');
    const received: { text: string; error?: Error; ended: boolean } = { text: '', ended: false };
    socket.on('data', (chunk: Buffer) => {
      received.text += chunk.toString('latin1');
    });
    socket.on('error', (error) => {
      received.error = error;
    });
    socket.on('close', () => {
      received.ended = true;
    });
    const head = [
      `POST ${path} HTTP/1.1`,
      `Host: ${stowage.host}`,
      `Authorization: Bearer ${token}`,
      'Content-Type: application/octet-stream',
      `Content-Length: ${contentLength}`,
      'Expect: 100-continue',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    const push = new SlowPush(socket, received);
    await push.#nextHead();
    return push;
  }

  async send(bytes: Uint8Array): Promise<void> {
    await new Promise<void>((resolve) => this.socket.write(bytes, () => resolve()));
  }

  /** The status line and headers. */
  async answer(): Promise<string> {
    const head = await this.#nextHead();
    this.socket.destroy();
    return head;
  }

  async #nextHead(): Promise<string> {
    while (!this.received.text.includes('\r\n\r\n')) {
      if (this.received.ended) throw this.received.error ?? new Error(`closed after "${this.received.text}"`);
      await Promise.race([once(this.socket, 'data'), once(this.socket, 'close')]);
    }
    const [head = '', ...rest] = this.received.text.split('\r\n\r\n');
    this.received.text = rest.join('\r\n\r\n');
    return head;
  }
}
