import type { Page, SortedQuery } from '@stowage/contracts';
import type { Position, Positioned, SortedPage } from '@stowage/metadata';
import { z } from 'zod';
import { foreignCursor, parseCursor, toPage } from './cursors.js';

/** An order and how far somebody has come in it. Times are those of Postgres. */
const cursorSchema = z.tuple([z.string(), z.string(), z.string()]);
const POSTGRES_TIME = /^(-infinity|\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d){0,2})$/;

/** What the query asks of a store. Throws 400 for a cursor that another list, or another order of this one, has given. */
export function sortedPage<Field extends string>(
  { q, sort, cursor, limit }: SortedQuery<Field>,
  ties: 'name' | 'id',
): SortedPage<Field> {
  const by = sort.replace(/^-/, '') as Field;
  const after = parsePosition(parseCursor(cursor), { sort, ties, isTime: by.endsWith('At') });
  return { search: q, order: { by, descending: by !== sort }, after, limit: limit + 1 };
}

export function toSortedPage<Row extends Positioned, Item>(
  rows: readonly Row[],
  { sort, limit }: SortedQuery<string>,
  item: (row: Row) => Item,
): Page<Item> {
  const key = ({ position }: Row) => JSON.stringify([sort, position.value, position.tie]);
  return toPage(rows, limit, { item, key });
}

function parsePosition(
  text: string,
  { sort, ties, isTime }: { readonly sort: string; readonly ties: 'name' | 'id'; readonly isTime: boolean },
): Position | null {
  if (text === '') return null;
  const parsed = cursorSchema.safeParse(jsonOf(text));
  if (!parsed.success) throw foreignCursor();
  const [of, value, tie] = parsed.data;
  if (of !== sort || (isTime && !POSTGRES_TIME.test(value))) throw foreignCursor();
  if (ties === 'id' && !z.uuid().safeParse(tie).success) throw foreignCursor();
  return { value, tie };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}
