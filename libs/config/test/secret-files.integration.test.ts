import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { databaseSettings, loadConfig } from '../src/index.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'stowage-config-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const load = (environment: Record<string, string>) => loadConfig({ database: databaseSettings }, environment).database;

test('reads a secret from the file that <NAME>_FILE names, without its last line break', async () => {
  const file = path.join(folder, 'url');
  await writeFile(file, 'postgresql://u:p@h/d\n');
  expect(load({ STOWAGE_DATABASE_URL_FILE: file }).url?.reveal()).toBe('postgresql://u:p@h/d');
});

test('says that the file can not be read, without its path', () => {
  const file = path.join(folder, 'absent');
  expect(() => load({ STOWAGE_DATABASE_URL_FILE: file })).toThrow(
    /^STOWAGE_DATABASE_URL_FILE must be the path of a file that can be read \(ENOENT\)$/,
  );
});

test('refuses a secret that is given twice', () => {
  expect(() => load({ STOWAGE_DATABASE_URL: 'postgresql://h/d', STOWAGE_DATABASE_URL_FILE: 'x' })).toThrow(
    /^STOWAGE_DATABASE_URL_FILE and STOWAGE_DATABASE_URL are both set: only one may be$/,
  );
});

test('holds the content of a file to the same rules', async () => {
  const file = path.join(folder, 'url');
  await writeFile(file, 'hunter2');
  expect(() => load({ STOWAGE_DATABASE_URL_FILE: file })).toThrow(/^STOWAGE_DATABASE_URL must be a URL that/);
});
