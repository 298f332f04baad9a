import { setTimeout as delay } from 'node:timers/promises';
import type { FilledServer } from '../scale/filled-server.js';

const POLL_MS = 100;
const LIMIT_MS = 900_000;

export interface Sweep {
  readonly seconds: number;
  readonly removedObjects: number;
}

/** Looks for garbage by itself once, at the start; after that only when it is asked to. */
export const ONLY_WHEN_ASKED = { STOWAGE_GC_INTERVAL: '86400' };

/** The look that comes by itself when a worker starts is over: from then on, only runs that were asked for take anything. */
export async function firstLookOver({ client }: Pick<FilledServer, 'client'>): Promise<void> {
  const deadline = performance.now() + LIMIT_MS;
  while (performance.now() < deadline) {
    const { rows } = await client.query(
      `SELECT 1 FROM scheduled_job WHERE name = 'collect-garbage' AND finished_at IS NOT NULL`,
    );
    if (rows.length > 0) return;
    await delay(POLL_MS);
  }
  throw new Error('the worker has not looked for garbage');
}

/** Asks for a run of garbage collection and waits for its end; the time is the run's own. */
export async function collectNow({ server, client }: FilledServer): Promise<Sweep> {
  const headers = { 'content-type': 'application/json', cookie: server.cookie, origin: server.url };
  const url = `${server.url}/api/v1/admin/gc/runs`;
  const started = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ dryRun: false }) });
  if (started.status !== 202) throw new Error(`no run was started: ${started.status} ${await started.text()}`);
  const { id } = (await started.json()) as { id: string };
  const deadline = performance.now() + LIMIT_MS;
  while (performance.now() < deadline) {
    await delay(POLL_MS);
    const { rows } = await client.query<{ state: string; seconds: number; removed: number }>(
      `SELECT j.state, extract(epoch FROM j.finished_at - j.started_at)::float8 AS seconds,
              coalesce((SELECT deleted FROM collection_tally t WHERE t.run_id = r.id AND t.queue = 'object_removal'), 0)::float8 AS removed
       FROM collection_run r JOIN job_run j ON j.id = r.job_run_id WHERE r.id = $1`,
      [id],
    );
    const [run] = rows;
    if (run?.state === 'succeeded') return { seconds: run.seconds, removedObjects: run.removed };
    if (run?.state === 'failed') throw new Error('the run failed');
  }
  throw new Error(`the run is not over after ${LIMIT_MS / 1000} s`);
}
