import { randomUUID } from 'node:crypto';
import { type Digest, isForeignLayer, isManifestMediaType, parseTagName } from '@stowage/oci';
import { type Actor, SYSTEM_ACTOR } from '../actor.js';
import type { Database } from '../database.js';
import { pushManifest } from '../registry/manifest-push.js';
import type { RepositoryRecord } from '../registry/repository-store.js';
import { UploadSessionStore } from '../registry/upload-session-store.js';
import type { TestImage, TestManifest } from './content.js';
import { createUser } from './people.js';

export const REVIEW_DELAY = { seconds: 3600 } as const;
/** What is deleted is gone at once. */
export const NO_TRASH = { trashSeconds: 0, delay: REVIEW_DELAY } as const;
export const TRASH = { trashSeconds: 7200, delay: REVIEW_DELAY } as const;

/** Somebody ended the session: whoever uploads gets no acknowledgement, and begins again. */
export class UploadEndedError extends Error {
  override name = 'UploadEndedError';
}

/** The rows of an uploaded blob, by the way that uploads take; its bytes are nowhere. Throws `UploadEndedError`. */
export async function storeBlob(
  database: Database,
  repository: RepositoryRecord,
  blob: { readonly digest: Digest; readonly size: number },
): Promise<void> {
  const sessions = new UploadSessionStore(database, REVIEW_DELAY);
  const { id } = await createUser(database);
  const session = await sessions.create({ repository, principal: { kind: 'user', id }, storageToken: randomUUID() });
  const claimed = await sessions.claim(session, 0);
  if (!claimed) throw new UploadEndedError('the session was gone before its first byte');
  const { digest, size } = blob;
  const published = { digest, size, generation: randomUUID() };
  const finished = await sessions.finish(claimed, { repository, blob: published, actor: SYSTEM_ACTOR });
  if (!finished) throw new UploadEndedError('the session was gone before its end');
}

export interface PushOptions {
  readonly tags?: readonly string[];
  readonly actor?: Actor;
  readonly sparse?: boolean;
  readonly keptSeconds?: number;
}

/** The rows of a pushed manifest; what it needs has to be there. */
export async function pushRows(
  database: Database,
  repository: RepositoryRecord,
  pushed: TestManifest,
  { tags = [], actor = SYSTEM_ACTOR, sparse = false, keptSeconds = 0 }: PushOptions = {},
): Promise<void> {
  const { manifest, digest, bytes: payload } = pushed;
  const isImage = manifest.kind === 'image';
  await pushManifest(
    database,
    {
      repository,
      digest,
      payload,
      manifest,
      kind: manifest.kind,
      platform: null,
      blobs: isImage ? [manifest.config, ...manifest.layers.filter(({ mediaType }) => !isForeignLayer(mediaType))] : [],
      children: isImage ? [] : manifest.manifests.filter(({ mediaType }) => isManifestMediaType(mediaType)),
      sparse,
      tags: tags.map(parseTagName),
      keptSeconds,
      actor,
    },
    REVIEW_DELAY,
  );
}

/** The rows of an image and of all its blobs. */
export async function pushImageRows(
  database: Database,
  repository: RepositoryRecord,
  image: TestImage,
  options: PushOptions = {},
): Promise<void> {
  for (const blob of image.blobs) await storeBlob(database, repository, blob);
  await pushRows(database, repository, image, options);
}
