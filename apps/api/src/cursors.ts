import { type Page } from '@stowage/contracts';
import { ProblemError } from '@stowage/nest-kit';

/** Opaque to callers; the key of the last entry of a page. Throws 400 for one that we can't have made. */
export function parseCursor(cursor: string | undefined): string {
  if (cursor === undefined) return '';
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  if (text === '' || Buffer.from(text, 'utf8').toString('base64url') !== cursor || text.includes('\0')) {
    throw foreignCursor();
  }
  return text;
}

const POSITION = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00\/[0-9a-f-]{36}$/;

/** The position, as a time of Postgres and an id, that a list by time goes on after; null at its beginning. Throws 400. */
export function parsePosition(cursor: string | undefined): string | null {
  const position = parseCursor(cursor);
  if (position !== '' && !POSITION.test(position)) throw foreignCursor();
  return position || null;
}

export function foreignCursor(): ProblemError {
  const message = 'not a cursor of this list';
  return new ProblemError(400, `cursor: ${message}`, { errors: [{ field: 'cursor', message }] });
}

/** A page of `limit` entries from `limit + 1` rows: one more row means one more page. */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  map: { item: (row: Row) => Item; key: (row: Row) => string },
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor =
    rows.length > limit && last !== undefined ? Buffer.from(map.key(last), 'utf8').toString('base64url') : null;
  return { items: shown.map(map.item), nextCursor };
}
