import type { History } from '../history/history.js';
import { Random } from '../random.js';
import type { Site } from '../topology/site.js';
import { type Fault, workLane } from './nemesis.js';
import { postgresLane, workerLane } from './other-lanes.js';
import { registryLane, zombieLane } from './registry-lane.js';
import { Victims } from './victims.js';

/** Harms the site until the signal; returns what it did when everything is healed. */
export async function harm(
  site: Site,
  { seed, history, signal }: { readonly seed: number; readonly history: History; readonly signal: AbortSignal },
): Promise<Fault[]> {
  const faults: Fault[] = [];
  const onFault = (fault: Fault) => {
    faults.push(fault);
    history.note({ process: 'nemesis', type: 'info', ...fault });
  };
  const victims = new Victims(site.registries);
  const lanes = [registryLane(victims), zombieLane(victims), postgresLane(site.postgres), workerLane(site.worker)];
  await Promise.all(lanes.map((lane) => workLane(lane, new Random(seed, 'nemesis', lane.name), { signal, onFault })));
  return faults;
}
