import { describe, expect, it } from 'vitest';
import { ResponseCounter } from './response-counter.js';

const ANSWER = Buffer.from('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello');

describe('following answers', () => {
  it('finds the end wherever the chunks are cut', () => {
    for (let cut = 1; cut < ANSWER.length; cut += 1) {
      const counter = new ResponseCounter();
      expect(counter.take(ANSWER.subarray(0, cut))).toBe(false);
      expect(counter.take(ANSWER.subarray(cut))).toBe(true);
      expect(counter.length).toBe(5);
    }
  });

  it('starts again with the next answer on the connection', () => {
    const counter = new ResponseCounter();
    expect([counter.take(ANSWER), counter.take(ANSWER)]).toEqual([true, true]);
  });

  it('takes nothing but a 200 with a length for an answer', () => {
    const refused = Buffer.from('HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n');
    expect(() => new ResponseCounter().take(refused)).toThrow('429');
    const endless = Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
    expect(() => new ResponseCounter().take(endless)).toThrow('no Content-Length');
  });
});
