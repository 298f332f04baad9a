import type { Page, PageQuery, TrashEntry } from '@stowage/contracts';
import type { TrashListings, TrashRecord } from '@stowage/metadata';
import { notFound } from '@stowage/nest-kit';
import { parsePosition, toPage } from '../cursors.js';
import { toTrashEntry } from './trash-view.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What is in the trash of a namespace; the caller has been allowed to see it. */
export async function pageOfTrash(
  listings: TrashListings,
  namespaceId: string,
  { cursor, limit }: PageQuery,
): Promise<Page<TrashEntry>> {
  const [place, entry] = parsePosition(cursor)?.split('/') ?? [];
  const after = place !== undefined && entry !== undefined ? { place, id: entry } : null;
  const rows = await listings.list(namespaceId, { after, limit: limit + 1 });
  return toPage(rows, limit, { item: toTrashEntry, key: (row) => `${row.place}/${row.id}` });
}

/** Throws 404. */
export async function findInTrash(listings: TrashListings, namespaceId: string, id: string): Promise<TrashRecord> {
  const found = UUID.test(id) ? await listings.find(namespaceId, id) : undefined;
  if (!found) throw notInTrash();
  return found;
}

export function notInTrash() {
  return notFound('This entry of the trash');
}
