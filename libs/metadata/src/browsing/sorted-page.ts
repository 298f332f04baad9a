/** How far somebody has come in a sorted list: after this row. Both are text as Postgres writes it. */
export interface Position {
  readonly value: string;
  /** What tells rows of the same value apart. */
  readonly tie: string;
}

/** What of a list is asked for; without an order it is the list's own. */
export interface SortedPage<Sort extends string> {
  /** What an entry has to contain, in any case; everything without one. */
  readonly search?: string;
  readonly order?: { readonly by: Sort; readonly descending: boolean };
  readonly after?: Position | null;
  readonly limit: number;
}

/** A row that says where it is. */
export interface Positioned {
  readonly position: Position;
}

/** SQL: what a list is sorted by. Neither is ever NULL. */
export interface SortColumns {
  readonly value: string;
  readonly type: 'text' | 'timestamptz';
  /** May be `value` itself where that is unique in the list. */
  readonly tie: string;
}

/** The time of something that may never have happened: before all that has. */
export function neverFirst(column: string): string {
  return `coalesce(${column}, '-infinity'::timestamptz)`;
}

/** SQL: the column `position` of a `Positioned` row. */
export function positionOf({ value, tie }: SortColumns): string {
  return `json_build_object('value', (${value})::text, 'tie', (${tie})::text) AS position`;
}

export interface SortedStatement {
  /** For the statement's name: each order is a plan of its own. */
  readonly name: string;
  readonly sql: string;
  readonly values: readonly unknown[];
}

/**
 * SQL: the end of a statement whose conditions take `values`: what comes after the page before, in order, and how much of it.
 * The first page has no condition for it and a name none with a tie, so that an index serves either from where it begins.
 */
export function sortedBy(
  { value, type, tie }: SortColumns,
  { order, after, limit }: Pick<SortedPage<string>, 'order' | 'after' | 'limit'>,
  values: readonly unknown[],
): SortedStatement {
  const descending = order?.descending ?? false;
  const [direction, beyond] = descending ? ['DESC', '<'] : ['ASC', '>'];
  const isTied = tie !== value;
  const known = after ? (isTied ? [after.value, after.tie] : [after.value]) : [];
  const at = values.length;
  const row = isTied
    ? `(${value}, ${tie}) ${beyond} ($${at + 1}::${type}, $${at + 2})`
    : `${value} ${beyond} $${at + 1}`;
  const sorting = isTied ? `${value} ${direction}, ${tie} ${direction}` : `${value} ${direction}`;
  return {
    name: `${direction.toLowerCase()}${after ? '_on' : ''}`,
    sql: `${after ? ` AND ${row}` : ''} ORDER BY ${sorting} LIMIT $${at + known.length + 1}`,
    values: [...values, ...known, limit],
  };
}
