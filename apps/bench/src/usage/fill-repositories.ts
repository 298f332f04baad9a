import type { FilledServer } from '../scale/filled-server.js';
import { OWNER } from '../servers/stowage-server.js';

export const MANIFESTS_OF_A_REPOSITORY = 10;
/** Layers that ten repositories share; each image has a config and a layer of its own besides. */
const SHARED_LAYERS = 3;
const REPOSITORIES_OF_A_LAYER = 10;

const DIGEST = (prefix: string, number: string) =>
  `'sha256:' || md5('${prefix}' || (${number})) || md5('-${prefix}' || (${number}))`;

/** Repositories of ten tagged images each, in the owner's namespace, which has nothing else: rows without bytes. */
export async function fillRepositories({ client, filler }: FilledServer, count: number): Promise<void> {
  await filler.repositories(OWNER, count);
  // Image number n is in repository n / 10; `i` is the number of a repository, from 0.
  const repositories = `(SELECT id, namespace_id, right(path, 8)::int - 1 AS i FROM repository WHERE name LIKE '${OWNER}/r%') r`;
  const images = `${repositories}, LATERAL (SELECT r.i * ${MANIFESTS_OF_A_REPOSITORY} + k AS n
    FROM generate_series(0, ${MANIFESTS_OF_A_REPOSITORY - 1}) k) s`;
  const manifest = DIGEST('manifest', 's.n');
  await client.query(
    `INSERT INTO manifest (repository_id, digest, media_type, kind, annotations, payload, payload_size, content_size)
     SELECT r.id, ${manifest}, 'application/vnd.oci.image.manifest.v1+json', 'image', '{}', '{}', 1000, 51000 FROM ${images}`,
  );
  await client.query(
    `INSERT INTO tag (repository_id, name, digest, updated_at) SELECT r.id, 'v' || s.n, ${manifest}, now() FROM ${images}`,
  );
  const own = ['config', 'own'].map((prefix) => DIGEST(prefix, 's.n'));
  const shared = Array.from({ length: SHARED_LAYERS }, (_, at) =>
    DIGEST(`shared${at}`, `r.i / ${REPOSITORIES_OF_A_LAYER}`),
  );
  for (const blob of own) {
    await client.query(
      `INSERT INTO blob (digest, size, generation) SELECT ${blob}, 10000 + s.n, 'bench' FROM ${images}`,
    );
    await client.query(`INSERT INTO repository_blob (repository_id, digest) SELECT r.id, ${blob} FROM ${images}`);
  }
  for (const blob of shared) {
    await client.query(
      `INSERT INTO blob (digest, size, generation) SELECT DISTINCT ${blob}, 10000, 'bench' FROM ${repositories}`,
    );
    await client.query(`INSERT INTO repository_blob (repository_id, digest) SELECT r.id, ${blob} FROM ${repositories}`);
  }
  for (const blob of [...own, ...shared]) {
    await client.query(
      `INSERT INTO manifest_blob (repository_id, manifest_digest, blob_digest) SELECT r.id, ${manifest}, ${blob} FROM ${images}`,
    );
  }
  await client.query(
    `INSERT INTO namespace_blob (namespace_id, digest, size, link_count)
     SELECT r.namespace_id, l.digest, max(b.size), count(*)
     FROM repository r JOIN repository_blob l ON l.repository_id = r.id JOIN blob b ON b.digest = l.digest
     WHERE r.name LIKE '${OWNER}/r%' GROUP BY 1, 2
     UNION ALL
     SELECT r.namespace_id, ${manifest}, 1000, 1 FROM ${images}`,
  );
  await client.query(
    'VACUUM (ANALYZE) repository, manifest, tag, blob, repository_blob, namespace_blob, manifest_blob',
  );
}
