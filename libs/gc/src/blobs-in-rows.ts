import type { StorageInventory } from '@stowage/metadata';

type Row = Awaited<ReturnType<StorageInventory['after']>>[number];

/** Every row of a blob, in the order of digests, a page at a time: no transaction is held meanwhile. */
export async function* blobsInRows(inventory: StorageInventory, page: number): AsyncGenerator<Row> {
  for (let last = ''; ; ) {
    const rows = await inventory.after(last, page);
    yield* rows;
    if (rows.length < page) return;
    last = rows.at(-1)?.digest ?? last;
  }
}
