const END_OF_HEADERS = '\r\n\r\n';

/**
 * Follows the answers on one connection without keeping them: the load generator shares the processor with what it
 * measures, so that it does no more than find the end. Answers need a Content-Length.
 */
export class ResponseCounter {
  #head = '';
  #missing: number | undefined;
  #length = 0;

  /** True when the chunk completes an answer. Throws on a status other than 200. */
  take(chunk: Buffer): boolean {
    let bodyBytes = chunk.length;
    if (this.#missing === undefined) {
      bodyBytes = this.#takeHead(chunk);
      if (this.#missing === undefined) return false;
    }
    this.#missing -= bodyBytes;
    if (this.#missing < 0) throw new Error('an answer is longer than it said');
    if (this.#missing > 0) return false;
    this.#missing = undefined;
    this.#head = '';
    return true;
  }

  /** Of the body of the last answer. */
  get length(): number {
    return this.#length;
  }

  #takeHead(chunk: Buffer): number {
    const before = this.#head.length;
    this.#head += chunk.toString('latin1', 0, Math.min(chunk.length, 16_384));
    const end = this.#head.indexOf(END_OF_HEADERS);
    if (end < 0) return 0;
    const head = this.#head.slice(0, end);
    if (!head.startsWith('HTTP/1.1 200 ')) throw new Error(`not a 200: ${head}`);
    this.#length = Number(/^content-length: *(\d+) *$/im.exec(head)?.[1]);
    if (!Number.isSafeInteger(this.#length)) throw new Error(`no Content-Length: ${head}`);
    this.#missing = this.#length;
    return chunk.length - (end + END_OF_HEADERS.length - before);
  }
}

export function rawGet(url: URL, headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `GET ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\n${lines.join('')}\r\n`;
}
