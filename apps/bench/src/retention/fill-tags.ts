import type { FilledServer } from '../scale/filled-server.js';
import { OWNER } from '../servers/stowage-server.js';

/** Layers of each image: one of its own besides its config, and three that ten images share. */
const SHARED_LAYERS = 3;
const IMAGES_OF_A_LAYER = 10;

const DIGEST = (prefix: string, number: string) =>
  `'sha256:' || md5('${prefix}' || (${number})) || md5('-${prefix}' || (${number}))`;

export interface FilledRepository {
  readonly namespace: string;
  readonly path: string;
}

/** A repository of so many tags, each with an image of five blobs: rows without bytes. */
export async function fillTags({ client }: FilledServer, count: number): Promise<FilledRepository> {
  const { rows } = await client.query<{ repository: string; namespace: string }>(
    `INSERT INTO repository (id, namespace_id, path, name)
     SELECT gen_random_uuid(), id, 'retention', name || '/retention' FROM namespace WHERE name = $1
     RETURNING id AS repository, namespace_id AS namespace`,
    [OWNER],
  );
  const [made] = rows;
  if (!made) throw new Error('no repository');
  const series = 'generate_series(1, $2::int) AS i';
  const manifest = DIGEST('manifest', 'i');
  await client.query(
    `INSERT INTO manifest (repository_id, digest, media_type, kind, annotations, payload, payload_size, content_size)
     SELECT $1, ${manifest}, 'application/vnd.oci.image.manifest.v1+json', 'image', '{}', '{}', 1000, 51000 FROM ${series}`,
    [made.repository, count],
  );
  await client.query(
    `INSERT INTO tag (repository_id, name, digest, updated_at)
     SELECT $1, 'build-' || i, ${manifest}, now() - make_interval(mins => i) FROM ${series}`,
    [made.repository, count],
  );
  const blobs = [
    { digest: DIGEST('config', 'i'), last: count },
    { digest: DIGEST('own', 'i'), last: count },
    ...Array.from({ length: SHARED_LAYERS }, (_, at) => ({
      digest: DIGEST(`shared${at}`, 'i'),
      last: Math.ceil(count / IMAGES_OF_A_LAYER),
    })),
  ];
  for (const { digest, last } of blobs) {
    const numbers = `generate_series(0, ${last}) AS i`;
    await client.query(`INSERT INTO blob (digest, size, generation) SELECT ${digest}, 10000, 'bench' FROM ${numbers}`);
    await client.query(`INSERT INTO repository_blob (repository_id, digest) SELECT $1, ${digest} FROM ${numbers}`, [
      made.repository,
    ]);
    await client.query(
      `INSERT INTO namespace_blob (namespace_id, digest, size, link_count) SELECT $1, ${digest}, 10000, 1 FROM ${numbers}`,
      [made.namespace],
    );
  }
  await client.query(
    `INSERT INTO namespace_blob (namespace_id, digest, size, link_count)
     SELECT $1, ${manifest}, 1000, 1 FROM ${series}`,
    [made.namespace, count],
  );
  const named = [
    DIGEST('config', 'i'),
    DIGEST('own', 'i'),
    ...Array.from({ length: SHARED_LAYERS }, (_, at) => DIGEST(`shared${at}`, `i / ${IMAGES_OF_A_LAYER}`)),
  ];
  for (const blob of named) {
    await client.query(
      `INSERT INTO manifest_blob (repository_id, manifest_digest, blob_digest) SELECT $1, ${manifest}, ${blob} FROM ${series}`,
      [made.repository, count],
    );
  }
  await client.query('VACUUM (ANALYZE) manifest, tag, blob, repository_blob, namespace_blob, manifest_blob');
  return { namespace: OWNER, path: 'retention' };
}
