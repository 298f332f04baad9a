import { request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

const TICK_MS = 20;

/** Wrong passwords at a steady rate, each for another name and from another /24 of the loopback network. */
export class PasswordFlood {
  readonly #target: URL;
  readonly #perMs: number;
  readonly #startedAt = performance.now();
  readonly #timer: NodeJS.Timeout;
  readonly #open = new Set<Promise<void>>();
  #sent = 0;
  #answered = 0;

  constructor(target: URL, ratePerSecond: number) {
    this.#target = new URL(target);
    this.#target.searchParams.set('service', target.host);
    this.#perMs = ratePerSecond / 1000;
    this.#timer = setInterval(() => this.#catchUp(), TICK_MS);
  }

  /** Resolves after so many seconds of it. */
  async lasts(seconds: number): Promise<void> {
    await delay(seconds * 1000);
  }

  answersPerSecond(): number {
    return (this.#answered * 1000) / (performance.now() - this.#startedAt);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.#open);
  }

  #catchUp(): void {
    const due = Math.floor((performance.now() - this.#startedAt) * this.#perMs);
    for (; this.#sent < due; this.#sent += 1) {
      const guess = this.#guess(this.#sent).finally(() => this.#open.delete(guess));
      this.#open.add(guess);
    }
  }

  /** Resolves with the answer, whatever it is, and also without one: a flood does not care. */
  #guess(number: number): Promise<void> {
    const network = (number % 60_000) + 256;
    const localAddress = `127.${network >> 8}.${network & 255}.1`;
    const authorization = `Basic ${Buffer.from(`nobody-${number}:guess-${number}`).toString('base64')}`;
    return new Promise((resolve) => {
      const message = request(this.#target, { agent: false, localAddress, headers: { authorization } });
      message.on('response', (response) => {
        response.on('end', () => {
          this.#answered += 1;
        });
        response.on('close', resolve);
        response.resume();
      });
      message.on('error', () => resolve());
      message.end();
    });
  }
}
