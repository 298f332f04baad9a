import { openConnection, putManifest } from '../http/push-image.js';
import { putBlob } from '../http/put-blob.js';
import { makeImage } from '../image.js';
import { percentile } from '../load/latencies.js';
import type { Metric, Scenario } from '../scenario.js';
import type { RegistryServer } from '../servers/registry-server.js';

const CLIENTS = 32;
const LAYER_BYTES = 10_000;
const LATENCY: Metric = { name: `manifest PUT at ${CLIENTS} clients, p99`, unit: 'ms', aim: '< 100' };
const RATE: Metric = { name: `pushes of 10 kB images by ${CLIENTS} clients`, unit: 'pushes/s' };

/** Everybody pushes into one namespace at once: all of them change the row that it is charged in. */
export function crowdedPush(seconds: number): Scenario {
  return {
    name: LATENCY.name,
    isOursAlone: true,
    async measure(server) {
      const lanes = await Promise.all(Array.from({ length: CLIENTS }, (_, lane) => pushFor(server, lane, seconds)));
      const times = lanes.flat().toSorted((one, other) => one - other);
      return [
        { metric: LATENCY, value: percentile(times, 99) },
        { metric: RATE, value: times.length / seconds },
      ];
    },
  };
}

/** One push after the other under tags of its own; resolves with the milliseconds of each manifest. */
async function pushFor(server: RegistryServer, lane: number, seconds: number): Promise<number[]> {
  const headers = await server.authorize();
  const agent = openConnection();
  const times: number[] = [];
  const deadline = performance.now() + seconds * 1000;
  try {
    for (let number = 0; ; number += 1) {
      const image = makeImage({ layers: 1, layerBytes: LAYER_BYTES });
      for (const blob of image.blobs) await putBlob(server, blob, { headers, agent });
      const started = performance.now();
      await putManifest(server, { image, tag: `crowd-${lane}-${number % 10}` }, { headers, agent });
      const ended = performance.now();
      if (ended > deadline) return times;
      times.push(ended - started);
    }
  } finally {
    agent.destroy();
  }
}
