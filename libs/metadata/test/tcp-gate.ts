import { once } from 'node:events';
import net from 'node:net';

/** Stands between a pool and its server, and can be shut like a server that stops. */
export class TcpGate {
  readonly #sockets = new Set<net.Socket>();
  #server = net.createServer();
  #port = 0;
  #deadly: string | undefined;

  constructor(private readonly target: URL) {}

  /** The target's URL by way of this gate. */
  get url(): string {
    const url = new URL(this.target);
    url.searchParams.delete('host');
    url.hostname = '127.0.0.1';
    url.port = String(this.#port);
    return url.href;
  }

  async open(): Promise<void> {
    this.#server = net.createServer((near) => this.#join(near));
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as net.AddressInfo).port;
  }

  /** Ends every connection and refuses new ones. */
  async shut(): Promise<void> {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await once(this.#server, 'close');
  }

  /** The next connection that sends `text` is reset; whether the server got it stays open, as on a real network. */
  resetAt(text: string): void {
    this.#deadly = text;
  }

  #join(near: net.Socket): void {
    const folder = this.target.searchParams.get('host');
    const port = Number(this.target.port);
    const far = folder ? net.connect(`${folder}/.s.PGSQL.${port}`) : net.connect(port, this.target.hostname);
    for (const socket of [near, far]) {
      this.#sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => [near, far].forEach((end) => end.destroy()));
    }
    near.on('data', (bytes: Buffer) => {
      if (this.#deadly === undefined || !bytes.includes(this.#deadly)) return;
      this.#deadly = undefined;
      near.resetAndDestroy();
    });
    near.pipe(far).pipe(near);
  }
}
