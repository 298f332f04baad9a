import { parseObjectKey } from '@stowage/storage';
import { patternBytes, sourceOf } from '@stowage/storage/testing';
import { describe, expect, it } from 'vitest';
import { ObjectTree } from '../src/object-tree.js';
import { readPart } from '../src/read-part.js';
import { useTempStore } from '../src/testing/index.js';
import { openFilesUnder } from './open-files.js';

const KEY = parseObjectKey('blobs/test/a');
const MIB = 1024 * 1024;
const store = useTempStore();

describe('reading a part for the page cache', () => {
  it('comes to the end in blocks, and leaves nothing open', async () => {
    await store.driver.write(KEY, sourceOf(patternBytes(2 * MIB + 5)));
    const objects = new ObjectTree(store.root);
    const parts: number[] = [];
    for (let position = 0; parts.at(-1) !== 0; position += parts.at(-1) ?? 0) {
      parts.push(await readPart(objects, KEY, position));
    }
    expect(parts).toEqual([MIB, MIB, 5, 0]);
    expect(await openFilesUnder(store.folder)).toEqual([]);
  });

  it('has nothing of an object that is gone', async () => {
    expect(await readPart(new ObjectTree(store.root), KEY, 0)).toBe(0);
  });
});
