import { median } from '../compare.js';
import { openConnection, pushImage } from '../http/push-image.js';
import { makeImage } from '../image.js';
import type { Metric, Scenario } from '../scenario.js';
import type { RegistryServer } from '../servers/registry-server.js';

const LAYER_BYTES = 10_000;
const LANES = 8;
const LATENCY: Metric = { name: 'push of a 10 kB image, alone', unit: 'ms', aim: '≤ 1 times' };
const RATE: Metric = { name: `pushes of 10 kB images, ${LANES} at a time`, unit: 'pushes/s', aim: '≥ 1 times' };

/** Config, one layer and manifest, five requests: what a registry does besides moving bytes. */
export function smallPush(seconds: number): Scenario {
  return {
    name: LATENCY.name,
    async measure(server) {
      const alone = await pushFor(server, seconds);
      const lanes = await Promise.all(Array.from({ length: LANES }, () => pushFor(server, seconds)));
      const pushes = lanes.reduce((sum, times) => sum + times.length, 0);
      return [
        { metric: LATENCY, value: median(alone) },
        { metric: RATE, value: pushes / seconds },
      ];
    },
  };
}

/** One push after the other; resolves with the milliseconds of each that ended in time. */
async function pushFor(server: RegistryServer, seconds: number): Promise<number[]> {
  const headers = await server.authorize();
  const agent = openConnection();
  const times: number[] = [];
  const deadline = performance.now() + seconds * 1000;
  try {
    for (let number = 0; ; number += 1) {
      const image = makeImage({ layers: 1, layerBytes: LAYER_BYTES });
      const started = performance.now();
      await pushImage(server, { image, tag: `small-${number % 10}` }, { headers, agent });
      const ended = performance.now();
      if (ended > deadline) return times;
      times.push(ended - started);
    }
  } finally {
    agent.destroy();
  }
}
