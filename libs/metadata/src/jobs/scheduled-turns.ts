import type { Database } from '../database.js';

export interface ScheduledTurn {
  readonly name: string;
  readonly everySeconds: number;
  /** Rests while the whole registry is read-only. */
  readonly changesContent: boolean;
}

export interface TurnOrders {
  readonly isPaused: boolean;
  /** The whole registry, not one namespace. */
  readonly isReadOnly: boolean;
}

/** One row for each job that runs again and again: how its last turn went, and whether it may have the next one. */
export class ScheduledTurns {
  constructor(private readonly database: Database) {}

  /** Notes that a turn has come and the next one is on its way, and says what administrators want of it. */
  async arrive({ name, everySeconds, changesContent }: ScheduledTurn): Promise<TurnOrders> {
    const [orders] = await this.database.changed<TurnOrders>(
      'scheduled_turn_arrive',
      `INSERT INTO scheduled_job AS s (name, every_seconds, changes_content, next_at)
       VALUES ($1, $2, $3, now() + make_interval(secs => $2::float8))
       ON CONFLICT (name) DO UPDATE SET every_seconds = EXCLUDED.every_seconds,
         changes_content = EXCLUDED.changes_content, next_at = EXCLUDED.next_at
       RETURNING s.paused_at IS NOT NULL AS "isPaused",
         EXISTS (SELECT 1 FROM read_only_mode m WHERE m.namespace_id IS NULL) AS "isReadOnly"`,
      [name, everySeconds, changesContent],
    );
    return orders as TurnOrders;
  }

  /** The turn is passed over: its job rests. */
  async skip(name: string): Promise<void> {
    await this.database.changed(
      'scheduled_turn_skip',
      `UPDATE scheduled_job SET outcome = 'skipped' WHERE name = $1 AND outcome IS DISTINCT FROM 'skipped'`,
      [name],
    );
  }

  async begin(name: string): Promise<void> {
    await this.database.changed(
      'scheduled_turn_begin',
      'UPDATE scheduled_job SET started_at = clock_timestamp(), finished_at = NULL WHERE name = $1',
      [name],
    );
  }

  async succeed(name: string, result: Readonly<Record<string, number>>): Promise<void> {
    await this.database.changed(
      'scheduled_turn_succeed',
      `UPDATE scheduled_job SET finished_at = clock_timestamp(), outcome = 'succeeded', result = $2::jsonb, error = NULL,
         failures = 0 WHERE name = $1`,
      [name, JSON.stringify(result)],
    );
  }

  /** `nextSeconds`: until it is tried again; undefined: at its next turn. */
  async fail(name: string, error: string, nextSeconds: number | undefined): Promise<void> {
    await this.database.changed(
      'scheduled_turn_fail',
      `UPDATE scheduled_job SET finished_at = clock_timestamp(), outcome = 'failed', error = $2, failures = failures + 1,
         next_at = coalesce(now() + make_interval(secs => $3::float8), next_at) WHERE name = $1`,
      [name, error, nextSeconds ?? null],
    );
  }

  /** Forgets jobs that no version in use has: all but these. */
  async keepOnly(names: readonly string[]): Promise<void> {
    await this.database.changed('scheduled_turn_keep', 'DELETE FROM scheduled_job WHERE name <> ALL ($1::text[])', [
      names,
    ]);
  }
}
