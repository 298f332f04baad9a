import type { Database } from '@stowage/metadata';
import type { StorageDriver } from '@stowage/storage';
import { fastify, type FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Registry } from 'prom-client';

export interface OperationsDependencies {
  readonly database: Pick<Database, 'checkHealth'>;
  readonly storage: Pick<StorageDriver, 'checkHealth'>;
  /** What `/metrics` shows; those of `createMetrics`. */
  readonly metrics: Registry;
  /** True while the process is finishing its last requests. */
  readonly isStopping: () => boolean;
}

/** Everything that it answers. */
export const OPERATIONS_PATHS: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

const CHECK_TIMEOUT_MS = 5_000;

/** Those of the process itself; what is started adds its own. */
export function createMetrics(): Registry {
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });
  return metrics;
}

/** Liveness (`/healthz`), readiness (`/readyz`: Postgres and storage) and Prometheus metrics. */
export async function createOperationsApp(deps: OperationsDependencies): Promise<FastifyInstance> {
  const app = fastify({ logger: false });
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const [database, storage] = await Promise.all([
      outcome(deps.database.checkHealth()),
      outcome(deps.storage.checkHealth({ signal: AbortSignal.timeout(CHECK_TIMEOUT_MS) })),
    ]);
    const isReady = database === 'ok' && storage === 'ok' && !deps.isStopping();
    if (!isReady) void reply.header('retry-after', '5');
    return reply
      .status(isReady ? 200 : 503)
      .send({ status: isReady ? 'ok' : 'unavailable', checks: { database, storage } });
  });
  const { metrics } = deps;
  app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.metrics()));
  await app.ready();
  return app;
}

/** Why a check failed is for the log, not for everybody who can reach the port. */
async function outcome(check: Promise<void>): Promise<'ok' | 'failed'> {
  const timeout = new Promise<'failed'>((resolve) => setTimeout(resolve, CHECK_TIMEOUT_MS, 'failed').unref());
  return Promise.race([check.then(() => 'ok' as const).catch(() => 'failed' as const), timeout]);
}
