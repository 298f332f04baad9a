import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FilledServer } from '../scale/filled-server.js';

const LANES = 16;
const CHUNK = 20_000;
const GENERATION = 'sweep';

/** Blobs that no repository has: an object on disk, a row, and a place in the queue that is due. */
export async function makeDeadBlobs({ client }: FilledServer, storage: string, count: number): Promise<void> {
  for (let first = 0; first < count; first += CHUNK) {
    const contents = Array.from({ length: Math.min(CHUNK, count - first) }, (_, index) => `dead blob ${first + index}`);
    const waiting = contents.values();
    const lane = async (): Promise<void> => {
      for (const content of waiting) await writeObject(storage, content);
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    await client.query(
      `WITH dead AS (
         INSERT INTO blob (digest, size, generation)
         SELECT 'sha256:' || hex, size, $3 FROM unnest($1::text[], $2::int[]) AS d (hex, size) RETURNING digest)
       INSERT INTO blob_review (digest, review_after, event) SELECT digest, now(), 'sweep' FROM dead`,
      [contents.map(hexOf), contents.map((content) => content.length), GENERATION],
    );
  }
  await client.query('VACUUM (ANALYZE) blob, blob_review');
}

async function writeObject(storage: string, content: string): Promise<void> {
  const hex = hexOf(content);
  const folder = path.join(storage, 'blobs', 'sha256', hex.slice(0, 2), hex);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, GENERATION), content);
}

function hexOf(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}
