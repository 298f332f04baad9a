import { connect } from 'node:net';
import { rawGet, ResponseCounter } from '../http/response-counter.js';

export interface Target {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

export interface LatencyLoad {
  /** What the next request asks for. */
  readonly next: () => Target;
  readonly connections: number;
  readonly requests: number;
}

export interface Latencies {
  readonly medianMs: number;
  readonly p99Ms: number;
}

/** How long answers take, each connection sending its next request when it has the answer to the last. Throws on any but a 200. */
export async function measureLatencies({ next, connections, requests }: LatencyLoad): Promise<Latencies> {
  const perLane = Math.ceil(requests / connections);
  const lanes = await Promise.all(Array.from({ length: connections }, () => runLane(next, perLane)));
  const sorted = lanes.flat().toSorted((left, right) => left - right);
  return { medianMs: percentile(sorted, 50), p99Ms: percentile(sorted, 99) };
}

/** The least value that so many per cent of the sorted values don't exceed. */
export function percentile(sorted: readonly number[], percent: number): number {
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN;
}

function runLane(next: () => Target, requests: number): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const times: number[] = [];
    const counter = new ResponseCounter();
    const first = next();
    const socket = connect({ host: first.url.hostname, port: Number(first.url.port), noDelay: true });
    let sentAt = 0;
    const send = ({ url, headers }: Target) => {
      sentAt = performance.now();
      socket.write(rawGet(url, headers));
    };
    socket.on('data', (chunk: Buffer) => {
      try {
        if (!counter.take(chunk)) return;
      } catch (cause) {
        socket.destroy(cause as Error);
        return;
      }
      times.push(performance.now() - sentAt);
      if (times.length < requests) {
        send(next());
        return;
      }
      resolve(times);
      socket.destroy();
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('the server closed a connection')));
    send(first);
  });
}
