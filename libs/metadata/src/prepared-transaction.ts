import { createHash } from 'node:crypto';
import pg from 'pg';
import type { Statements } from './statements.js';

/**
 * The last step of a transaction, one statement that locks a row everybody wants. It goes out together with COMMIT, so that
 * nobody waits for the row while the statement's answer is on its way to us and COMMIT on its way back. What it may refuse,
 * it has to refuse by an error of Postgres: its answer comes when the transaction is over.
 */
export type LastStep<T> = (tx: Statements, result: T) => Promise<void>;

/** Runs `work` between BEGIN and COMMIT on one connection. A failure rolls back and is thrown as `pg` has it. */
export async function runPrepared<T>(
  pool: pg.Pool,
  work: (tx: Statements) => Promise<T>,
  lastStep?: LastStep<T>,
): Promise<T> {
  const client = await pool.connect();
  // A connection that breaks between two statements says so here as well as in the next one; unheard, it ends the process.
  client.on('error', ignore);
  const tx = new PreparedTransaction(client);
  let broken: Error | undefined;
  try {
    // Goes out with the first statement of the work: where it fails, the connection does, and the statement with it.
    const begun = client.query('BEGIN');
    const [result] = await Promise.all([work(tx), begun]);
    const last = lastStep?.(tx, result);
    tx.end();
    const [{ command }] = await Promise.all([client.query('COMMIT'), last]);
    // Postgres answers the COMMIT of a transaction in which a statement has failed with a rollback, not with an error.
    if (command !== 'COMMIT') throw new Error('a failed statement of the transaction was passed over');
    return result;
  } catch (error) {
    tx.end();
    await client.query('ROLLBACK').catch((cause: Error) => {
      broken = cause;
    });
    throw error;
  } finally {
    client.off('error', ignore);
    client.release(broken);
  }
}

/** Statements are parsed and planned once a connection: a push runs a dozen of them, and each costs one short round trip. */
class PreparedTransaction implements Statements {
  #isOver = false;

  constructor(private readonly client: pg.PoolClient) {}

  async $queryRaw<Rows>(text: TemplateStringsArray, ...values: unknown[]): Promise<Rows> {
    return (await this.#run(text, values)).rows as Rows;
  }

  async $executeRaw(text: TemplateStringsArray, ...values: unknown[]): Promise<number> {
    return (await this.#run(text, values)).rowCount ?? 0;
  }

  /** Of several steps that run at once, one may fail while another has more to say: that would be outside the transaction. */
  end(): void {
    this.#isOver = true;
  }

  async #run(text: TemplateStringsArray, values: unknown[]): Promise<pg.QueryResult> {
    if (this.#isOver) throw new Error('the transaction is over');
    return this.client.query({ ...statementOf(text), values, types: TYPES });
  }
}

interface NamedStatement {
  readonly name: string;
  readonly text: string;
}

/** A template has the same strings, the very object, each time it is evaluated. */
const known = new WeakMap<TemplateStringsArray, NamedStatement>();

function statementOf(parts: TemplateStringsArray): NamedStatement {
  const before = known.get(parts);
  if (before) return before;
  const text = parts.reduce((sql, part, index) => `${sql}$${index}${part}`);
  // Named by what it says: the connections of a pooler in between may be shared with other versions of us.
  const statement = { name: `tx_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`, text };
  known.set(parts, statement);
  return statement;
}

const TYPES: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === pg.types.builtins.INT8 ? BigInt : pg.types.getTypeParser(oid, format as 'text')) as never,
};

function ignore(): void {}
