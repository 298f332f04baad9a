import { paths } from '@stowage/contracts';
import { parseWarnings } from '@stowage/oci';
import { expect, test } from 'vitest';
import { expectOciError } from '../../support/expect-oci.js';
import { anImage, noise } from '../../support/images.js';
import { createOrganization, expectStatus, signUp } from '../../support/management-api.js';
import { randomName } from '../../support/random.js';
import { insist, locationOf } from '../../support/registry-client.js';
import { clientOf } from '../../support/use-owner.js';
import { useStowage } from '../../support/use-stowage.js';

const LIMIT = 1_000_000;
const running = useStowage({ STOWAGE_DEFAULT_QUOTA_BYTES: String(LIMIT) });

/** Somebody with a namespace that has only so much room. */
async function aTenant() {
  const person = await signUp(running.url, 'owner');
  const namespace = await createOrganization(person);
  const client = clientOf(running.url, person);
  const repository = `${namespace}/${randomName('app')}`;
  const usage = async () => (await expectStatus(200, person.call(paths.usage(namespace)))) as Usage;
  return { client, namespace, repository, usage };
}

interface Usage {
  readonly usedBytes: number;
  readonly reservedBytes: number;
  readonly limitBytes: number;
}

const NOTHING = { usedBytes: 0, reservedBytes: 0, limitBytes: LIMIT };

test('warns those who push from 80 % on, and nobody who pulls (P28)', async () => {
  const { client, namespace, repository } = await aTenant();
  const image = await anImage();
  await client.pushImage(repository, 'v1', image);
  await client.pushBlob(repository, noise(840_000));
  const start = await client.request('POST', `/v2/${repository}/blobs/uploads/`);
  const put = await client.putManifest(repository, 'v2', image.manifest);
  for (const response of [start, put]) {
    const [warning, ...more] = parseWarnings(response.headers.get('warning'));
    expect(warning).toMatch(new RegExp(`^namespace ${namespace} uses 8[4-9] % of its 976\\.6 KiB`));
    expect(warning).toContain(`${running.url}/n/${namespace}`);
    expect(more).toEqual([]);
  }
  await insist(start, 202);
  await insist(put, 201);
  expect((await client.getManifest(repository, 'v2')).headers.get('warning')).toBeNull();
});

test('refuses the chunk that crosses the limit, and keeps nothing of it (trap 9, 5.5)', async () => {
  const { client, repository, usage } = await aTenant();
  const first = await client.patch(await client.startUpload(repository), noise(600_000).bytes);
  await insist(first, 202);
  expect(await usage()).toMatchObject({ usedBytes: 0, reservedBytes: 600_000 });
  const second = await client.patch(locationOf(first), noise(600_000).bytes);
  const { message } = await expectOciError(second, 403, 'DENIED');
  expect(message).toContain('out of storage');
  await expectOciError(await client.request('GET', locationOf(first)), 404, 'BLOB_UPLOAD_UNKNOWN');
  expect(await usage()).toMatchObject(NOTHING);
});

test('two uploads that fit only alone do not both get in (R13)', async () => {
  const { client, repository, usage } = await aTenant();
  const locations = [await client.startUpload(repository), await client.startUpload(repository)];
  const blobs = locations.map(() => noise(600_000));
  const answers = await Promise.all(
    locations.map((location, at) => client.finishUpload(location, blobs[at]?.digest ?? '', blobs[at]?.bytes)),
  );
  expect(answers.map(({ status }) => status).sort((one, other) => one - other)).toEqual([201, 403]);
  expect(await usage()).toMatchObject({ usedBytes: 600_000, reservedBytes: 0 });
});

test('a full namespace still answers pulls, and has room again after a deletion', async () => {
  const { client, repository, usage } = await aTenant();
  const blob = noise(LIMIT);
  await client.pushBlob(repository, blob);
  await expectOciError(await client.request('POST', `/v2/${repository}/blobs/uploads/`), 403, 'DENIED');
  expect((await client.getBlob(repository, blob.digest)).status).toBe(200);
  await insist(await client.request('DELETE', `/v2/${repository}/blobs/${blob.digest}`), 202);
  expect(await usage()).toMatchObject(NOTHING);
  await client.pushBlob(repository, noise(1000));
});

test('the hundred and first open upload of somebody is TOOMANYREQUESTS, with when to come back (P29, 5.5)', async () => {
  const { client, repository } = await aTenant();
  const locations: string[] = [];
  for (let open = 0; open < 100; open += 1) locations.push(await client.startUpload(repository));
  const refused = await client.request('POST', `/v2/${repository}/blobs/uploads/`);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  await expectOciError(refused, 429, 'TOOMANYREQUESTS');
  await insist(await client.request('DELETE', locations[0] ?? ''), 204);
  await client.startUpload(repository);
});
