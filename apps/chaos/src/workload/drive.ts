import { setTimeout as delay } from 'node:timers/promises';
import { RegistryClient, type Replica } from '../client/registry-client.js';
import type { TokenSource } from '../client/token-source.js';
import type { Universe } from '../content/universe.js';
import type { History } from '../history/history.js';
import { Random } from '../random.js';
import { MIX } from './mix.js';
import { runTask } from './tasks.js';

const FEWEST_CLIENTS = 8;
const MOST_CLIENTS = 32;
/** Longest pause between two tasks of a client, for each client: all together ask about as often, however many they are. */
const PAUSE_MS = 20;

export interface Drive {
  readonly seed: number;
  readonly universe: Universe;
  readonly history: History;
  readonly replicas: readonly Replica[];
  /** Of some users; clients share them. */
  readonly tokens: readonly TokenSource[];
  readonly isOver: () => boolean;
}

export function countClients(seed: number): number {
  return new Random(seed, 'clients').between(FEWEST_CLIENTS, MOST_CLIENTS);
}

/** Clients that work, each on its own, until `isOver`. What each of them does is decided by the seed. */
export async function drive(options: Drive): Promise<void> {
  const count = countClients(options.seed);
  await Promise.all(Array.from({ length: count }, (_, process) => runClient(process, count, options)));
}

async function runClient(process: number, count: number, options: Drive): Promise<void> {
  const { seed, universe, history, replicas, tokens: all, isOver } = options;
  const random = new Random(seed, 'client', process);
  const tokens = all[process % all.length];
  if (!tokens) throw new RangeError('no user');
  for (let turn = 0; !isOver(); turn += 1) {
    // A stream for each turn: how many requests one takes must not decide what the next one is.
    const luck = new Random(seed, 'client', process, turn);
    const client = new RegistryClient({ process, history, replicas, tokens, random: luck });
    await runTask(random.weighted(MIX), { universe, client, random: luck, isOver });
    await delay(random.between(0, PAUSE_MS * count));
  }
}
