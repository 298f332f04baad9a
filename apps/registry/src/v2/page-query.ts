import { OciError } from '@stowage/oci';

const DEFAULT_PAGE = 100;
const MAX_PAGE = 1000;

export interface PageQuery {
  readonly limit: number;
  /** Entries after this one; empty for the first page. */
  readonly last: string;
}

/** `n` and `last` of a list. Too large an `n` is clamped, anything but a number of results is refused. */
export function parsePageQuery(query: { readonly n?: unknown; readonly last?: unknown }): PageQuery {
  return { limit: parseLimit(query.n), last: typeof query.last === 'string' ? query.last.slice(0, 300) : '' };
}

function parseLimit(text: unknown): number {
  if (text === undefined) return DEFAULT_PAGE;
  if (typeof text !== 'string' || !/^\d{1,19}$/.test(text)) throw new OciError('PAGINATION_NUMBER_INVALID');
  return Math.min(Number(text), MAX_PAGE);
}
