// Manifests some of whose content is absent, where the operator has allowed them. P35.
import { paths } from '@stowage/contracts';
import { expect, it } from 'vitest';
import { DataSet } from '../../support/conformance/data-set.js';
import { expectAlive } from '../../support/expect-alive.js';
import { insist } from '../../support/registry-client.js';
import { useOwner } from '../../support/use-owner.js';
import { useStowage } from '../../support/use-stowage.js';

const stowage = useStowage({ STOWAGE_SPARSE_MANIFESTS: 'true' });
const owner = useOwner(stowage);

it('takes an index before its images, also as the first push of a repository', async () => {
  const [set, repository] = [new DataSet(), owner.newRepository()];
  const images = [set.image(), set.image()];
  const index = set.index(images);
  await insist(await owner.client.putManifest(repository, 'sparse', index), 201);
  for (const blob of set.blobs) await owner.client.pushBlob(repository, blob);
  await insist(await owner.client.putManifest(repository, images[0]!.digest, images[0]!), 201);
  expect((await owner.client.getManifest(repository, 'sparse')).status).toBe(200);
  expect((await owner.client.getManifest(repository, images[0]!.digest)).status).toBe(200);
  const missing = await owner.client.getManifest(repository, images[1]!.digest);
  expect(missing.status).toBe(404);
  expect(await missing.json()).toMatchObject({ errors: [{ code: 'MANIFEST_UNKNOWN' }] });
});

it('takes an image before its config and its layers, and shows it to a browser', async () => {
  const [set, repository] = [new DataSet(), owner.newRepository()];
  const image = set.image();
  await insist(await owner.client.putManifest(repository, 'sparse', image), 201);
  const [namespace = '', ...name] = repository.split('/');
  const shown = await owner.person.call(paths.manifest(namespace, name.join('/'), image.digest));
  expect(shown).toMatchObject({ status: 200, body: { digest: image.digest } });
  await expectAlive(stowage);
});
