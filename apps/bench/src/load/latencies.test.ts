import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { measureLatencies, percentile } from './latencies.js';

describe('latencies', () => {
  const server = createServer();
  afterEach(() => server.close());

  it('are those of as many requests as were asked for, each to the next target', async () => {
    const seen: string[] = [];
    server.on('request', (request, response) => {
      seen.push(request.url ?? '');
      response.setHeader('content-length', 2).end('ok');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    let number = 0;
    const next = () => {
      number += 1;
      return { url: new URL(`/${number}`, origin), headers: {} };
    };
    const { medianMs, p99Ms } = await measureLatencies({ next, connections: 2, requests: 10 });
    expect(new Set(seen).size).toBe(10);
    expect(medianMs).toBeGreaterThan(0);
    expect(p99Ms).toBeGreaterThanOrEqual(medianMs);
  });

  it.each([
    [50, 50],
    [99, 99],
    [100, 100],
  ])('have their %dth percentile', (percent, expected) => {
    const sorted = Array.from({ length: 100 }, (_, at) => at + 1);
    expect(percentile(sorted, percent)).toBe(expected);
  });
});
