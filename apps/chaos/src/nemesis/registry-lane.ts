import type { AppProcess } from '../topology/app-process.js';
import type { Lane } from './nemesis.js';
import type { Victims } from './victims.js';

const LONGEST_DOWN_SECONDS = 3;
const LONGEST_PAUSE_SECONDS = 7;

/** Kills a replica, or stops it for some seconds: shorter than the lease of a writer, so that it goes on as if nothing was. */
export function registryLane(victims: Victims): Lane {
  return {
    name: 'registry',
    everySeconds: [2, 6],
    strike: async (random, wait) => {
      const f = random.chance(0.6) ? 'kill' : 'pause';
      const seconds = random.fraction() * (f === 'kill' ? LONGEST_DOWN_SECONDS : LONGEST_PAUSE_SECONDS);
      return victims.take(random, async (registry, target) => {
        await (f === 'kill' ? crash(registry, () => wait(seconds)) : freeze(registry, () => wait(seconds)));
        return { f, target };
      });
    },
  };
}

/** Stops a replica for longer than the lease of its uploads: others take them over, and then it wakes up (2.5). */
export function zombieLane(victims: Victims): Lane {
  return {
    name: 'zombie',
    everySeconds: [20, 70],
    strike: (random, wait) =>
      victims.take(random, async (registry, target) => {
        await freeze(registry, () => wait(32 + random.fraction() * 6));
        return { f: 'pause beyond the lease', target };
      }),
  };
}

async function crash(registry: AppProcess, down: () => Promise<void>): Promise<void> {
  await registry.kill();
  await down();
  await registry.start();
}

async function freeze(registry: AppProcess, frozen: () => Promise<void>): Promise<void> {
  registry.pause();
  await frozen();
  registry.resume();
}
