import type { AppProcess } from '../topology/app-process.js';
import type { PostgresServer } from '../topology/postgres-server.js';
import type { Lane } from './nemesis.js';

/** Takes Postgres away from under everything: one of its processes, which takes all others with it, or the whole server. */
export function postgresLane(postgres: PostgresServer): Lane {
  return {
    name: 'postgres',
    everySeconds: [12, 30],
    strike: async (random) => {
      const f = random.chance(0.6) ? 'kill a backend' : 'restart at once';
      const luck = random.fraction();
      if (f === 'restart at once') await postgres.restartImmediately();
      else await postgres.killBackend((pids) => pids[Math.floor(luck * pids.length)] ?? 0);
      return { f, target: 'postgres' };
    },
  };
}

/** Kills the worker in the middle of whatever it collects or expires. */
export function workerLane(worker: AppProcess): Lane {
  return {
    name: 'worker',
    everySeconds: [5, 15],
    strike: async (random, wait) => {
      const seconds = random.fraction() * 3;
      await worker.kill();
      await wait(seconds);
      await worker.start();
      return { f: 'kill', target: 'worker' };
    },
  };
}
