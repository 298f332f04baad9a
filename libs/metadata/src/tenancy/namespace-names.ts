import { AlreadyExistsError } from '../database-errors.js';
import type { Database } from '../database.js';

/** Somebody has the name; or had it, and then nobody gets it before `heldUntil`. */
export class NamespaceNameTakenError extends Error {
  override name = 'NamespaceNameTakenError';
  constructor(
    readonly heldUntil: Date | null,
    options?: ErrorOptions,
  ) {
    super('the name is taken', options);
  }
}

/** Until when the name of a namespace that is gone is kept; null for one that is free or that somebody has. */
export async function heldUntil(database: Database, name: string): Promise<Date | null> {
  const [row] = await database.prepared<{ heldUntil: Date }>(
    'namespace_name_held',
    'SELECT held_until AS "heldUntil" FROM namespace_name WHERE name = $1 AND held_until > now()',
    [name],
  );
  return row?.heldUntil ?? null;
}

/** Runs what gives a namespace its name. Throws `NamespaceNameTakenError` instead of `AlreadyExistsError`. */
export async function naming<T>(database: Database, name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AlreadyExistsError)) throw error;
    throw new NamespaceNameTakenError(await heldUntil(database, name), { cause: error });
  }
}
