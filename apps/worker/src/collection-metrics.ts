import type { CollectionCounts, GarbageStore, ReviewQueue, StorageInventory } from '@stowage/metadata';
import { Counter, Gauge, type Registry } from 'prom-client';

const labelNames = ['queue'] as const;

/** What garbage collection does and has before it, for Prometheus; by queue alone, never by tenant. */
export class CollectionMetrics {
  readonly #reviewed: Counter<'queue'>;
  readonly #deleted: Counter<'queue'>;
  readonly #postponed: Counter<'queue'>;
  readonly #failures: Counter<'queue'>;
  readonly #bytes: Counter<'queue'>;

  /** The backlog is asked for when the metrics are. */
  constructor(
    registry: Registry,
    { garbage, inventory }: { garbage: Pick<GarbageStore, 'backlog'>; inventory: Pick<StorageInventory, 'counts'> },
  ) {
    const counter = (name: string, help: string) =>
      new Counter({ name: `stowage_gc_${name}`, help, labelNames, registers: [registry] });
    this.#reviewed = counter('reviewed_total', 'Rows that this process has looked at');
    this.#deleted = counter('deleted_total', 'Manifests, links, blobs and objects that this process has removed');
    this.#postponed = counter('postponed_total', 'Rows that a push had, to be looked at again');
    this.#failures = counter('failures_total', 'Rows or steps that failed; they are tried again');
    this.#bytes = counter('freed_bytes_total', 'Bytes of removed objects');
    const age = new Gauge({
      name: 'stowage_gc_backlog_age_seconds',
      help: 'How long the oldest row that is due has waited',
      labelNames,
      registers: [registry],
    });
    new Gauge({
      name: 'stowage_gc_backlog',
      help: 'Rows that are due',
      labelNames,
      registers: [registry],
      async collect() {
        for (const { queue, due, oldestSeconds } of await garbage.backlog()) {
          this.set({ queue }, due);
          age.set({ queue }, oldestSeconds);
        }
      },
    });
    new Gauge({
      name: 'stowage_storage_findings',
      help: 'Objects that no row names (stray), and blobs whose bytes are missing or damaged; of the last check',
      labelNames: ['kind'],
      registers: [registry],
      async collect() {
        for (const [kind, count] of Object.entries(await inventory.counts())) this.set({ kind }, count);
      },
    });
  }

  count(queue: ReviewQueue, counts: CollectionCounts): void {
    this.#reviewed.inc({ queue }, counts.reviewed);
    this.#deleted.inc({ queue }, counts.deleted);
    this.#postponed.inc({ queue }, counts.postponed);
    this.#failures.inc({ queue }, counts.failures);
    this.#bytes.inc({ queue }, counts.bytes);
  }
}
