import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface RawHead {
  readonly method: string;
  readonly path: string;
  readonly token?: string;
  /** Header lines as they are. */
  readonly lines?: readonly string[];
}

/** A connection whose bytes the test decides, and whose answer it reads when it likes, if ever. */
export class RawSocket {
  #text = '';
  #isReading = false;
  #isClosed = false;
  readonly #closed: Promise<void>;

  private constructor(private readonly socket: Socket) {
    socket.on('error', () => {}); // a reset is an end like any other here
    this.#closed = new Promise((resolve) => {
      socket.once('close', () => {
        this.#isClosed = true;
        resolve();
      });
    });
  }

  static async open(url: string): Promise<RawSocket> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    return new RawSocket(socket);
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** A request without its body. */
  async head({ method, path, token, lines = [] }: RawHead): Promise<void> {
    const authorization = token === undefined ? [] : [`Authorization: Bearer ${token}`];
    await this.send(
      `${[`${method} ${path} HTTP/1.1`, 'Host: registry', ...authorization, ...lines].join('\r\n')}\r\n\r\n`,
    );
  }

  /** Resolves when the bytes are on their way, or the connection is gone. */
  async send(bytes: Uint8Array | string): Promise<void> {
    if (this.#isClosed) return;
    const data = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes;
    const sent = new Promise<boolean>((resolve) => this.socket.write(data, (error) => resolve(!error)));
    if (!(await Promise.race([sent, this.#closed]))) await this.#closed;
  }

  /** The first bytes of the answer have come; they, and all others, stay where they are. */
  async readable(): Promise<void> {
    await once(this.socket, 'readable');
  }

  /** All that has come so far, as soon as it holds a whole head or the connection is over. */
  async answer(): Promise<string> {
    this.#read();
    const hasHead = new Promise<void>((resolve) => {
      const look = () => this.#text.includes('\r\n\r\n') && resolve();
      this.socket.on('data', look);
      look();
    });
    await Promise.race([hasHead, this.#closed]);
    return this.#text;
  }

  /** All that came until the other side closed the connection. */
  async untilClosed(): Promise<string> {
    this.#read();
    await this.#closed;
    return this.#text;
  }

  /** Starts to collect what comes, so that a long answer does not block its sender. */
  #read(): void {
    if (this.#isReading) return;
    this.#isReading = true;
    this.socket.on('data', (chunk: Buffer) => {
      this.#text += chunk.toString('latin1');
    });
  }

  destroy(): void {
    this.socket.destroy();
  }
}

/** The status of an answer; 0 when the connection ended without one. */
export function statusIn(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
}
