import pg from 'pg';

/** What `work` asks of Postgres, in order: the text of each statement, without its values. */
export async function recordStatements<T>(
  work: () => Promise<T>,
): Promise<{ result: T; statements: readonly string[] }> {
  const statements: string[] = [];
  const original = pg.Client.prototype.query;
  pg.Client.prototype.query = function record(this: pg.Client, ...input: unknown[]): unknown {
    const [query] = input;
    statements.push(typeof query === 'string' ? query : String((query as { text?: unknown } | undefined)?.text));
    return (original as (...all: unknown[]) => unknown).apply(this, input);
  } as typeof original;
  try {
    return { result: await work(), statements };
  } finally {
    pg.Client.prototype.query = original;
  }
}
