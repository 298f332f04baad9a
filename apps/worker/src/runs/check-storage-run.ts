import { checkStorage, scrub, WrongStorageError } from '@stowage/gc';
import { defineRun, RunFailure, type RunKind } from '@stowage/jobs';
import { STORAGE_CHECK_KIND, type StorageInventory } from '@stowage/metadata';
import type { StorageDriver } from '@stowage/storage';
import { z } from 'zod';

const DAY_SECONDS = 86_400;
const GIB = 1024 ** 3;
/** Read again by each check, at random: after so many days every blob was, whatever its size. */
const SCRUBBED_BYTES = 2 * GIB;

export interface StorageCheckDependencies {
  readonly inventory: StorageInventory;
  readonly storage: StorageDriver;
}

/** Holds storage against rows, both ways, and reads some of the bytes again. */
export function checkStorageRun({ inventory, storage }: StorageCheckDependencies): RunKind {
  return defineRun({
    kind: STORAGE_CHECK_KIND,
    payload: z.object({}),
    maxAttempts: 3,
    changesContent: true,
    run: async (_payload, { progress, log, logger, signal }) => {
      const times = { minAgeSeconds: DAY_SECONDS, secondLookSeconds: DAY_SECONDS };
      const found = await checkStorage({ inventory, storage, ...times }, signal).catch(explain);
      const { objects, rows, ...counters } = found;
      progress.advance({ items: rows, counters: { objects, ...counters } });
      log.info(`${objects} objects and ${rows} blobs were held against each other.`);
      if (found.missing > 0) log.warn(`${found.missing} blobs have no object: pushing them again repairs them.`);
      const read = await scrub(
        {
          inventory,
          storage,
          maxBytes: SCRUBBED_BYTES,
          onDamage: ({ digest }) => {
            log.warn(`The bytes of ${digest} are not what the digest says: pushing it again repairs it.`);
            logger.error({ digest }, 'the bytes of a blob are damaged');
          },
        },
        signal,
      );
      progress.advance({ items: 0, counters: { scrubbedBytes: read.bytes, damaged: read.damaged } });
      log.info(`${read.blobs} blobs with ${read.bytes} bytes were read again.`);
      if (found.missing > 0) logger.error({ missing: found.missing }, 'storage has lost the bytes of blobs');
    },
  });
}

function explain(error: unknown): never {
  if (!(error instanceof WrongStorageError)) throw error;
  const { missing, rows } = error;
  throw new RunFailure(
    `${missing} of ${rows} blobs have no object. That looks like another storage, or one that is not mounted: nothing was changed.`,
    { isFinal: true },
  );
}
