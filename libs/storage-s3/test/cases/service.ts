import { PutObjectCommand } from '@aws-sdk/client-s3';
import { type ObjectKey, parseObjectKey, StorageUnavailableError, type UploadState } from '@stowage/storage';
import { contentOf, PausingSink, patternBytes, sourceOf } from '@stowage/storage/testing';
import { expect, it } from 'vitest';
import { Bucket } from '../../src/bucket.js';
import { CopyPace } from '../../src/copy-pace.js';
import { ServerCopy } from '../../src/server-copy.js';
import { Cable, type S3Store } from '../../src/testing/index.js';
import type { S3Driver } from '@stowage/storage-s3';

const MIB = 1024 * 1024;
const KEY = parseObjectKey('blobs/test/a');

async function allOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function expectUnavailable(driver: S3Driver, state: UploadState): Promise<void> {
  const calls = [
    driver.checkHealth(),
    driver.stat(KEY),
    driver.stat(parseObjectKey('blobs/test/missing')),
    driver.read(KEY),
    driver.write(KEY, sourceOf(patternBytes(1))),
    driver.delete(KEY),
    allOf(driver.list('')),
    driver.beginUpload(),
    driver.appendUpload(state, sourceOf(patternBytes(1))),
    driver.readUpload(state),
    driver.commitUpload(state, KEY),
    driver.abortUpload(state),
  ];
  for (const outcome of await Promise.allSettled(calls)) {
    expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(StorageUnavailableError) as unknown });
  }
}

export function serviceCases(current: () => S3Store): void {
  it('that refuses our key is unavailable, not empty', async () => {
    const store = current();
    const state = await store.driver().beginUpload();
    const credentials = { accessKeyId: 'STOWAGETEST', secretAccessKey: 'not the secret' };
    await expectUnavailable(store.driver({ credentials }), state);
  });

  it('without our bucket is unavailable, not empty', async () => {
    const store = current();
    const state = await store.driver().beginUpload();
    await expectUnavailable(store.driver({ bucket: `${store.bucket}-gone` }), state);
  });

  it('gives a URL that reads without credentials, at the public endpoint', async () => {
    const store = current();
    const bytes = patternBytes(1000);
    await store.driver().write(KEY, sourceOf(bytes));
    const cable = new Cable(store.endpoint);
    const publicEndpoint = await cable.plugIn();
    const url = await store.driver({ publicEndpoint }).presignRead(KEY, { expiresInSeconds: 60 });
    expect(url.origin).toBe(publicEndpoint);
    const response = await fetch(url);
    expect(response.status).toBe(200);
    expect(bytes.equals(Buffer.from(await response.arrayBuffer()))).toBe(true);
    url.pathname += 'b';
    expect((await fetch(url)).status).toBe(403);
    await cable.cut();
  });

  it('gives a URL that takes a range', async () => {
    const store = current();
    await store.driver().write(KEY, sourceOf(patternBytes(1000)));
    const url = await store.driver().presignRead(KEY, { expiresInSeconds: 60 });
    const response = await fetch(url, { headers: { range: 'bytes=10-19' } });
    expect(response.status).toBe(206);
    expect(
      patternBytes(1000)
        .subarray(10, 20)
        .equals(Buffer.from(await response.arrayBuffer())),
    ).toBe(true);
  });

  it('that breaks off a download is told of, by reads and by sends', async () => {
    const store = current();
    await store.driver().write(KEY, sourceOf(patternBytes(24 * MIB)));
    const cable = new Cable(store.endpoint);
    const driver = store.driver({ endpoint: await cable.plugIn() });
    const stream = await driver.read(KEY);
    const sink = new PausingSink();
    const sending = driver.sendTo(KEY, sink);
    while (sink.received === 0) await new Promise((resolve) => setImmediate(resolve));
    cable.dropConnections();
    for (const outcome of await Promise.allSettled([contentOf(stream), sending])) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(StorageUnavailableError) as unknown });
    }
    await cable.cut();
  });

  it.each([
    { first: 0, last: 1000 },
    { first: 1000, last: 1000 },
    { first: 5000, last: 6000 },
  ])('is not asked for bytes that it does not have: $first to $last', async (range) => {
    const store = current();
    await store.driver().write(KEY, sourceOf(patternBytes(1000)));
    await expect(store.driver().read(KEY, { range })).rejects.toBeInstanceOf(StorageUnavailableError);
    const sink = new PausingSink();
    await expect(store.driver().sendTo(KEY, sink, { range })).rejects.toBeInstanceOf(StorageUnavailableError);
    expect(sink.received).toBe(0);
  });

  it('shares a bucket among stores with prefixes, and with others', async () => {
    const store = current();
    const [one, two] = [store.driver({ prefix: 'one' }), store.driver({ prefix: 'two/' })];
    await store.client.send(new PutObjectCommand({ Bucket: store.bucket, Key: 'one/Not Ours', Body: 'x' }));
    await one.write(KEY, sourceOf(patternBytes(10)));
    const state = await two.appendUpload(await two.beginUpload(), sourceOf(patternBytes(12 * MIB)));
    const later = new Date(Date.now() + 86_400_000);
    expect(await allOf(one.listUploads(later))).toEqual([]);
    await two.commitUpload(state, parseObjectKey('blobs/test/b'));
    await two.abortUpload(state);
    expect((await allOf(one.list(''))).map((stat) => stat.key)).toEqual([KEY]);
    expect(await store.keys()).toEqual(['one/Not Ours', 'one/blobs/test/a', 'two/blobs/test/b']);
  });

  it('copies in pieces where a copy in one takes long', async () => {
    const store = current();
    const bytes = patternBytes(70 * MIB);
    await store.driver().write(KEY, sourceOf(bytes));
    const pace = new CopyPace();
    pace.note(64 * MIB, 60_000);
    const copies = new ServerCopy(new Bucket(store.accountClient(), store.bucket, ''), pace);
    await copies.run({ from: KEY, to: 'blobs/test/b', size: bytes.length });
    expect(bytes.equals(await contentOf(await store.driver().read('blobs/test/b' as ObjectKey)))).toBe(true);
    await expect(copies.run({ from: 'missing', to: 'blobs/test/c', size: bytes.length })).rejects.toThrow();
    expect(await store.multiparts()).toEqual([]);
  });

  it.each(['uploads/a', `uploads/${'a'.repeat(32)}/0`])('is never given the key %j', async (text) => {
    const key = parseObjectKey(text);
    await expect(
      current()
        .driver()
        .write(key, sourceOf(patternBytes(1))),
    ).rejects.toThrow(TypeError);
    await expect(current().driver().read(key)).rejects.toThrow(TypeError);
  });
}
