import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseObjectKey, StorageUnavailableError, UploadNotFoundError } from '@stowage/storage';
import { FsDriver } from '@stowage/storage-fs';
import { contentOf, gatedSource, patternBytes, sourceOf } from '@stowage/storage/testing';
import { describe, expect, it } from 'vitest';
import { filesUnder, useTempStore } from '../src/testing/index.js';

const KEY = parseObjectKey('blobs/test/a');
const store = useTempStore();

describe('the folder of the store', () => {
  it('holds a published object under its key, readable by its owner alone', async () => {
    await store.driver.write(KEY, sourceOf(patternBytes(10)));
    expect(await filesUnder(store.root)).toEqual(['blobs/test/a']);
    expect((await stat(join(store.root, KEY))).mode & 0o777).toBe(0o600);
    expect((await stat(join(store.root, 'blobs'))).mode & 0o777).toBe(0o700);
  });

  it('shows a process that dies mid-way as files under uploads alone, which the next process can free', async () => {
    const write = gatedSource(patternBytes(3_000_000), Buffer.from('rest'));
    const append = gatedSource(patternBytes(3_000_000), Buffer.from('rest'));
    const writing = store.driver.write(KEY, write.source);
    const appending = store.driver.appendUpload(await store.driver.beginUpload(), append.source);
    await Promise.all([write.reached, append.reached]);

    const files = await filesUnder(store.root);
    expect(files).toHaveLength(2);
    expect(files.every((path) => /^uploads\/[0-9a-f]{32}$/.test(path))).toBe(true);

    const next = new FsDriver({ root: store.root });
    for await (const state of next.listUploads(new Date(Date.now() + 60_000))) await next.abortUpload(state);
    expect(await filesUnder(store.root)).toEqual([]);

    write.open();
    append.open();
    // The bytes of the former process went to a file that has no name any more.
    await expect(writing).rejects.toBeInstanceOf(UploadNotFoundError);
    expect(await filesUnder(store.root)).toEqual([]);
    await appending;
  });

  it('lets another process continue and publish an upload', async () => {
    const begun = await store.driver.appendUpload(await store.driver.beginUpload(), sourceOf(patternBytes(1000)));
    const other = new FsDriver({ root: store.root });
    const state = await other.appendUpload(begun, sourceOf(patternBytes(1000, 2)));
    await other.commitUpload(state, KEY);
    const expected = Buffer.concat([patternBytes(1000), patternBytes(1000, 2)]);
    expect(await contentOf(await store.driver.read(KEY))).toEqual(expected);
  });

  it('goes without the folder of an object once its last object is deleted', async () => {
    await store.driver.write(parseObjectKey('blobs/test/a'), sourceOf(patternBytes(10)));
    await store.driver.write(parseObjectKey('blobs/test/b'), sourceOf(patternBytes(10)));
    await store.driver.delete(parseObjectKey('blobs/test/a'));
    expect(await readdir(join(store.root, 'blobs'))).toEqual(['test']);
    await store.driver.delete(parseObjectKey('blobs/test/b'));
    expect(await readdir(join(store.root, 'blobs'))).toEqual([]);
  });

  it('lists no files that are not its own', async () => {
    await mkdir(join(store.root, 'lost+found'), { mode: 0 });
    await writeFile(join(store.root, '.DS_Store'), 'x');
    await writeFile(join(store.root, 'uploads', 'README'), 'x');
    const objects: string[] = [];
    for await (const object of store.driver.list('')) objects.push(object.key);
    for await (const state of store.driver.listUploads(new Date(Date.now() + 60_000))) objects.push(state.token);
    expect(objects).toEqual([]);
  });
});

describe('preparing the folder', () => {
  it('makes what is missing, and keeps what is there', async () => {
    const root = join(store.folder, 'deeper', 'and', 'deeper');
    await new FsDriver({ root }).prepare();
    await new FsDriver({ root }).prepare();
    expect(await readdir(root)).toEqual(['uploads']);
  });

  it('refuses a root that can not be a folder, and tells which', async () => {
    const file = join(store.folder, 'file');
    await writeFile(file, 'x');
    const driver = new FsDriver({ root: join(file, 'root') });
    const refused: unknown = await driver.prepare().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(StorageUnavailableError);
    expect(String(refused)).toContain(join(file, 'root'));
    await expect(driver.checkHealth()).rejects.toBeInstanceOf(StorageUnavailableError);
    await expect(driver.stat(KEY)).rejects.toBeInstanceOf(StorageUnavailableError);
  });
});

describe('what becomes a path', () => {
  const tokens = [
    '',
    '.',
    '..',
    '../blobs/test/a',
    'a/../../x',
    `${'a'.repeat(31)}/`,
    'A'.repeat(32),
    `${'a'.repeat(32)}\n`,
    `${'a'.repeat(31)}\0`,
  ];

  it.each(tokens)('is never the token %j', async (token) => {
    await store.driver.write(KEY, sourceOf(patternBytes(10)));
    const state = { token, offset: 0 };
    const calls = [
      store.driver.appendUpload(state, sourceOf(patternBytes(1))),
      store.driver.readUpload(state),
      store.driver.commitUpload(state, parseObjectKey('blobs/test/b')),
      store.driver.abortUpload(state),
    ];
    for (const outcome of await Promise.allSettled(calls)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(UploadNotFoundError) as unknown });
    }
    expect(await filesUnder(store.root)).toEqual([KEY]);
    expect((await store.driver.stat(KEY)).size).toBe(10);
  });

  it('is no offset that a file can not have', async () => {
    const { token } = await store.driver.beginUpload();
    for (const offset of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      const state = { token, offset };
      await expect(store.driver.commitUpload(state, KEY)).rejects.toBeInstanceOf(UploadNotFoundError);
    }
  });

  it.each(['uploads', 'uploads/a'])('is never the key %j', async (text) => {
    await expect(store.driver.write(parseObjectKey(text), sourceOf(patternBytes(1)))).rejects.toThrow(TypeError);
    expect(await filesUnder(store.root)).toEqual([]);
  });
});
