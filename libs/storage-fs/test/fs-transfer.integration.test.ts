import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { truncateSync } from 'node:fs';
import { symlink, truncate, unlink } from 'node:fs/promises';
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { parseObjectKey, StorageFullError, StorageUnavailableError, UploadInterruptedError } from '@stowage/storage';
import { contentOf, failingSource, patternBytes, sourceOf } from '@stowage/storage/testing';
import { FsDriver } from '@stowage/storage-fs';
import { describe, expect, it } from 'vitest';
import { useTempStore } from '../src/testing/index.js';
import { openFilesUnder } from './open-files.js';

const KEY = parseObjectKey('blobs/test/a');
const MIB = 1024 * 1024;
const store = useTempStore();

/** Sends the object to one HTTP client; `sent` is how that ended. */
async function serveOnce(
  driver: FsDriver = store.driver,
): Promise<{ response: IncomingMessage; sent: Promise<unknown> }> {
  const sent = Promise.withResolvers<unknown>();
  const answer = async (target: ServerResponse) => {
    const outcome: unknown = await driver.sendTo(KEY, target).catch((error: unknown) => error);
    target.end();
    sent.resolve(outcome);
  };
  const server = createServer((_request, target) => void answer(target)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const request = get({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, agent: false });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  void sent.promise.then(() => server.close());
  return { response, sent: sent.promise };
}

async function hashOf(chunks: AsyncIterable<unknown> | Iterable<unknown>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of chunks) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** Cuts the object off as soon as the first of it arrives. */
function cuttingSink(path: string): Writable {
  return new Writable({
    write(_chunk, _encoding, written) {
      truncateSync(path, 1000);
      written();
    },
  });
}

describe('a download', () => {
  it('arrives unharmed although two buffers take turns', async () => {
    const bytes = patternBytes(48 * MIB + 7);
    await store.driver.write(KEY, sourceOf(bytes));
    const { response, sent } = await serveOnce();
    expect(await hashOf(response)).toBe(await hashOf([bytes]));
    expect(await sent).toBe(bytes.length);
    expect(await openFilesUnder(store.root)).toEqual([]);
  });

  it('arrives unharmed as one of many, whose blocks grow on the way', async () => {
    const bytes = patternBytes(32 * MIB + 7);
    await store.driver.write(KEY, sourceOf(bytes));
    const served = await Promise.all(Array.from({ length: 12 }, () => serveOnce()));
    const hashes = await Promise.all(served.map(({ response }) => hashOf(response)));
    expect(new Set(hashes)).toEqual(new Set([await hashOf([bytes])]));
    expect(await openFilesUnder(store.root)).toEqual([]);
  });

  it('arrives unharmed past the page cache, as the first one after a push does, and from it', async () => {
    const driver = new FsDriver({ root: store.root, readsBack: true });
    const bytes = patternBytes(8 * MIB + 7);
    const expected = createHash('sha256').update(bytes).digest('hex');
    await driver.write(KEY, sourceOf(bytes));
    for (const _ of ['direct', 'buffered']) {
      const { response, sent } = await serveOnce(driver);
      const hash = createHash('sha256');
      for await (const chunk of response) hash.update(chunk as Buffer);
      expect(hash.digest('hex')).toBe(expected);
      expect(await sent).toBe(bytes.length);
    }
  });

  it('is a whole one or an error past the page cache too', async () => {
    const driver = new FsDriver({ root: store.root, readsBack: true });
    await driver.write(KEY, sourceOf(patternBytes(48 * MIB)));
    const { response, sent } = await serveOnce(driver);
    await once(response, 'readable');
    await truncate(join(store.root, KEY), 40 * MIB + 5);
    response.resume();
    expect(await sent).toBeInstanceOf(StorageUnavailableError);
  });

  it('ends with an error and a closed file when the client goes away', async () => {
    await store.driver.write(KEY, sourceOf(patternBytes(48 * MIB)));
    const { response, sent } = await serveOnce();
    await once(response, 'readable');
    response.destroy();
    expect(await sent).toBeInstanceOf(Error);
    expect(await sent).not.toBeInstanceOf(StorageUnavailableError);
    expect(await openFilesUnder(store.root)).toEqual([]);
  });

  it('never ends short without an error when the file is cut off', async () => {
    await store.driver.write(KEY, sourceOf(patternBytes(8 * MIB)));
    const sending = store.driver.sendTo(KEY, cuttingSink(join(store.root, KEY)));
    await expect(sending).rejects.toBeInstanceOf(StorageUnavailableError);
    expect(await openFilesUnder(store.root)).toEqual([]);
  });

  it('is refused before its first byte when the range lies outside of a truncated file', async () => {
    await store.driver.write(KEY, sourceOf(patternBytes(MIB)));
    await truncate(join(store.root, KEY), 1000);
    const range = { first: 0, last: MIB - 1 };
    const sink = new Writable({ write: () => expect.unreachable('nothing may be written') });
    await expect(store.driver.sendTo(KEY, sink, { range })).rejects.toBeInstanceOf(StorageUnavailableError);
    await expect(store.driver.read(KEY, { range })).rejects.toBeInstanceOf(StorageUnavailableError);
    expect(await openFilesUnder(store.root)).toEqual([]);
  });

  it('releases the file when the sink fails', async () => {
    await store.driver.write(KEY, sourceOf(patternBytes(8 * MIB)));
    const failure = new Error('broken pipe');
    const sink = new Writable({ write: (_chunk, _encoding, written) => written(failure) });
    await expect(store.driver.sendTo(KEY, sink)).rejects.toBe(failure);
    expect(await openFilesUnder(store.root)).toEqual([]);
  });
});

describe('a read', () => {
  it('errors when the file is cut off meanwhile', async () => {
    await store.driver.write(KEY, sourceOf(patternBytes(8 * MIB)));
    const stream = await store.driver.read(KEY);
    await once(stream, 'readable');
    await truncate(join(store.root, KEY), 1000);
    await expect(contentOf(stream)).rejects.toBeInstanceOf(StorageUnavailableError);
    expect(await openFilesUnder(store.root)).toEqual([]);
  });

  it('releases the file when nobody reads it', async () => {
    await store.driver.write(KEY, sourceOf(patternBytes(8 * MIB)));
    const stream = await store.driver.read(KEY);
    stream.destroy();
    await once(stream, 'close');
    expect(await openFilesUnder(store.root)).toEqual([]);
  });
});

describe('an upload', () => {
  it('stores the chunks of a body that are freed behind it', async () => {
    const chunks = Array.from({ length: 100 }, (_, index) => patternBytes(64 * 1024 - index, index));
    const expected = Buffer.concat(chunks);
    const source = Readable.from(chunks);
    const state = await store.driver.appendUpload(await store.driver.beginUpload(), source, { disposableChunks: true });
    expect(expected.equals(await contentOf(await store.driver.readUpload(state)))).toBe(true);
    expect(chunks[0]).toHaveLength(0);
  });

  it('keeps every byte that arrived before its source failed', async () => {
    const source = failingSource(patternBytes(3 * MIB + 3), new Error('reset'));
    const outcome: unknown = await store.driver
      .appendUpload(await store.driver.beginUpload(), source)
      .catch((error: unknown) => error);
    expect((outcome as UploadInterruptedError).state.offset).toBe(3 * MIB + 3);
    expect(await openFilesUnder(store.root)).toEqual([]);
  });

  it('reports a full disk as full and leaves the source to its owner', async () => {
    const begun = await store.driver.beginUpload();
    const staged = join(store.root, 'uploads', begun.token);
    await unlink(staged);
    await symlink('/dev/full', staged);
    const source = sourceOf(patternBytes(8 * MIB));
    const outcome: unknown = await store.driver.appendUpload(begun, source).catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(StorageFullError);
    expect(outcome).toMatchObject({ cause: { code: 'ENOSPC' } });
    expect(source.destroyed).toBe(false);
    source.destroy();
    expect(await openFilesUnder('/dev/full')).toEqual([]);
  });

  it('reports the failure of a connection as the connection’s, although it looks like one of the disk', async () => {
    const reset = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', errno: -104, syscall: 'read' });
    const writing = store.driver.write(KEY, failingSource(patternBytes(MIB), reset));
    await expect(writing).rejects.toBe(reset);
  });
});
