import type pg from 'pg';

/**
 * One read over much of what a tenant has. It is planned for its values: a plan for any tenant looks up one row after the other.
 * It has 64 MB for each of its hashes, since those of a hundred thousand digests don't fit into the 4 MB of other statements.
 */
export async function runReport<Row extends pg.QueryResultRow>(
  pool: pg.Pool,
  text: string,
  values: readonly unknown[],
): Promise<Row[]> {
  const client = await pool.connect();
  // A connection that breaks between two statements says so here as well as in the next one; unheard, it ends the process.
  client.on('error', ignore);
  let broken: Error | undefined;
  try {
    await client.query('BEGIN READ ONLY');
    await client.query(`SET LOCAL work_mem = '64MB'`);
    const { rows } = await client.query<Row>(text, [...values]);
    await client.query('COMMIT');
    return rows;
  } catch (error) {
    await client.query('ROLLBACK').catch((cause: Error) => {
      broken = cause;
    });
    throw error;
  } finally {
    client.off('error', ignore);
    client.release(broken);
  }
}

function ignore(): void {}
