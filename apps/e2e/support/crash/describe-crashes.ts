import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anImage, type Content, type Image, noise } from '../images.js';
import { createOrganization, type Person, signUp } from '../management-api.js';
import { randomName } from '../random.js';
import { bytesOf, insist, locationOf, type RegistryClient } from '../registry-client.js';
import { useCrashSite } from '../topology/crash-site.js';
import { clientOf } from '../use-owner.js';

const SIZE = 7_000_000; // a whole part on S3, and more than one block of a disk
const HALF = 6_500_000;

/** Every fail point of a push, on one kind of storage: what was acknowledged is there, what was not can be done again. */
export function describeCrashes(storage: 'filesystem' | 's3'): void {
  describe(`a registry on ${storage} that is killed (2.5)`, () => {
    const site = useCrashSite(storage);
    let owner: Person;
    let namespace: string;

    beforeAll(async () => {
      if (!site.isAvailable) return;
      owner = await signUp(site.url, 'owner');
      namespace = await createOrganization(owner);
    });

    afterAll(async () => {
      if (site.isAvailable) await site.expectNothingLost();
    });

    const aRepository = (): string => `${namespace}/${randomName('app')}`;
    const client = (url: string): RegistryClient => clientOf(url, owner);

    async function expectServed(url: string, repository: string, blob: Content): Promise<void> {
      const response = await client(url).getBlob(repository, blob.digest);
      expect(response.status).toBe(200);
      expect((await bytesOf(response)).equals(blob.bytes)).toBe(true);
    }

    /** What a client does that finds its session there or gone, and the bytes in it whole or missing (I11). */
    async function finishSomehow(url: string, location: string, repository: string, blob: Content): Promise<void> {
      const status = await client(url).request('GET', location);
      if (status.status === 404) return client(url).pushBlob(repository, blob);
      const held = Number(/^0-(\d+)$/.exec(status.headers.get('range') ?? '')?.[1] ?? '-1') + 1;
      expect([0, HALF, SIZE]).toContain(held === 1 ? 0 : held);
      const from = held === 1 ? 0 : held;
      const rest = await client(url).finishUpload(location, blob.digest, blob.bytes.subarray(from));
      await insist(rest, 201);
    }

    describe.each([
      { point: 'K0', during: 'POST' },
      { point: 'K1', during: 'PATCH' },
      { point: 'K2', during: 'PATCH' },
      { point: 'K1@2', during: 'PUT' },
      { point: 'K2@2', during: 'PUT' },
      { point: 'Q1', during: 'PATCH' },
      { point: 'Q1@2', during: 'PUT' },
      { point: 'K3', during: 'PUT' },
      { point: 'K4', during: 'PUT' },
      { point: 'K5', during: 'PUT' },
      { point: 'K6', during: 'PUT' },
      { point: 'K7', during: 'PUT' },
    ])('at $point', ({ point, during }) => {
      test(`in a ${during}: nothing is visible, and the upload can go on or begin again`, async ({ skip }) => {
        skip(!site.isAvailable, 'there is no S3 server');
        const repository = aRepository();
        const blob = noise(SIZE);
        const [name, hit] = point.split('@');
        let location: string | undefined;
        await site.crashAt(`${name}:kill${hit ? `@${hit}` : ''}`, async (url) => {
          location = await client(url).startUpload(repository);
          const patched = await client(url).patch(location, blob.bytes.subarray(0, HALF));
          location = locationOf(patched);
          await client(url).finishUpload(location, blob.digest, blob.bytes.subarray(HALF));
        });
        const url = await site.restart();
        expect((await client(url).getBlob(repository, blob.digest)).status).toBe(404);
        await site.endLeases();
        if (location === undefined) await client(url).pushBlob(repository, blob);
        else await finishSomehow(url, location, repository, blob);
        await expectServed(url, repository, blob);
        await site.expectBooksToFit(namespace);
        site.acknowledge(async (now) => expectServed(now, repository, blob));
      });
    });

    describe.each(['K8', 'K9'])('at %s', (point) => {
      test('the blob is there although nobody was told, and the client may try again (I9)', async ({ skip }) => {
        skip(!site.isAvailable, 'there is no S3 server');
        const repository = aRepository();
        const blob = noise(SIZE);
        await site.crashAt(`${point}:kill`, (url) => client(url).pushBlob(repository, blob));
        const url = await site.restart();
        await expectServed(url, repository, blob);
        await client(url).pushBlob(repository, blob);
        await expectServed(url, repository, blob);
        await site.expectBooksToFit(namespace);
        site.acknowledge(async (now) => expectServed(now, repository, blob));
      });
    });

    describe.each([
      { point: 'M1', isThere: false },
      { point: 'T1', isThere: false },
      { point: 'M2', isThere: true },
    ])('at $point', ({ point, isThere }) => {
      test(`the tag is ${isThere ? 'moved' : 'where it was'}, and the push can be repeated`, async ({ skip }) => {
        skip(!site.isAvailable, 'there is no S3 server');
        const repository = aRepository();
        const [before, after] = [await anImage(), await anImage()];
        await client(site.url).pushImage(repository, 'latest', before);
        for (const blob of [after.config, ...after.layers]) await client(site.url).pushBlob(repository, blob);
        await site.crashAt(`${point}:kill`, async (url) => {
          await client(url).putManifest(repository, 'latest', after.manifest);
        });
        const url = await site.restart();
        const isTagged = async (image: Image, now: string): Promise<boolean> =>
          (await client(now).getManifest(repository, 'latest')).headers.get('docker-content-digest') ===
          image.manifest.digest;
        expect(await isTagged(isThere ? after : before, url)).toBe(true);
        const status = (await client(url).getManifest(repository, after.manifest.digest)).status;
        expect(status).toBe(isThere ? 200 : 404);
        await insist(await client(url).putManifest(repository, 'latest', after.manifest), 201);
        await site.expectBooksToFit(namespace);
        site.acknowledge(async (now) => expect(await isTagged(after, now)).toBe(true));
      });
    });
  });
}
