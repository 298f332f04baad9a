// A disk that is full in the middle of an upload (2.4: R26).
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { reportSkip } from '../../support/clients.js';
import { run } from '../../support/command.js';
import { makeTempDir, removeDataDir } from '../../support/data-dir.js';
import { anImage, noise } from '../../support/images.js';
import { signUp } from '../../support/management-api.js';
import { randomName } from '../../support/random.js';
import { bytesOf, insist } from '../../support/registry-client.js';
import { startStowage } from '../../support/stowage.js';
import { clientOf } from '../../support/use-owner.js';

const SMALL = 8_000_000;
const TOO_LARGE = 20_000_000;

/** A volume of 16 MiB for the blobs alone: Postgres keeps its room. */
async function mountSmallVolume(dataDir: string): Promise<string | undefined> {
  const folder = path.join(dataDir, 'storage');
  mkdirSync(folder, { recursive: true });
  const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', folder]).catch(() => ({ code: 1 }));
  return mounted.code === 0 ? folder : undefined;
}

describe('a disk that is full', () => {
  test('refuses what does not fit and says who can help; all else goes on', async ({ skip }) => {
    const dataDir = makeTempDir('full-disk');
    const volume = await mountSmallVolume(dataDir);
    if (!volume) reportSkip('full disk', 'a tmpfs can not be mounted here');
    skip(!volume, 'a tmpfs can not be mounted here');
    const stowage = await startStowage({ dataDir });
    try {
      const person = await signUp(stowage.url);
      const client = clientOf(stowage.url, person);
      const repository = `${person.username}/${randomName('app')}`;
      const kept = noise(SMALL);
      await client.pushBlob(repository, kept);

      const tooLarge = noise(TOO_LARGE);
      const location = await client.startUpload(repository);
      const refused = await client.finishUpload(location, tooLarge.digest, tooLarge.bytes);
      expect(refused.status).toBe(507);
      expect(await refused.json()).toMatchObject({
        errors: [{ code: 'UNAVAILABLE', message: expect.stringContaining('operator') as string }],
      });
      expect((await client.getBlob(repository, tooLarge.digest)).status).toBe(404);
      expect((await bytesOf(await client.getBlob(repository, kept.digest))).equals(kept.bytes)).toBe(true);

      await insist(await client.request('DELETE', location), 204); // gives back the room that it took
      await client.pushImage(repository, 'v1', await anImage());
      expect((await client.getManifest(repository, 'v1')).status).toBe(200);
    } finally {
      await stowage.stop();
      await run('umount', [volume ?? '']);
      await removeDataDir(dataDir);
    }
  });
});
