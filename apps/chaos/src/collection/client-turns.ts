import type { TagName } from '@stowage/oci';
import type { RepositoryClient } from '../client/repository-client.js';
import type { Artifact } from '../content/artifact.js';
import type { Random } from '../random.js';
import { ensureBlob, pushBlob } from '../workload/push-blob.js';
import type { Ledger } from './ledger.js';
import { pull } from './pull.js';
import type { Shelf } from './shelf.js';

/** How often a push brings what it is told is missing before it gives up. */
const ATTEMPTS = 6;
const MOUNTS = 0.25;

export const TURNS = { push: 6, 'delete tag': 3, 'delete manifest': 2, pull: 2 } as const;

export interface Turn {
  readonly repository: RepositoryClient;
  readonly shelf: Shelf;
  readonly image: Artifact;
  readonly tag: TagName;
  readonly random: Random;
  readonly ledger: Ledger;
}

export async function takeTurn(kind: keyof typeof TURNS, turn: Turn): Promise<void> {
  if (kind === 'push') await push(turn);
  else if (kind === 'delete tag') await deleteTag(turn);
  else if (kind === 'delete manifest') await deleteManifest(turn);
  else await pullKnown(turn);
}

/** As `docker push`: what is there is not sent; then the whole image is pulled, because the answer said that it is there. */
async function push(turn: Turn): Promise<void> {
  const { repository, image, tag, ledger } = turn;
  const entry = { repository: repository.name, tag, image };
  for (const blob of image.blobs) if (!(await bring(turn, blob))) return;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { type, answer } = await repository.putManifest(image, [tag]);
    if (type === 'info') return ledger.forget(entry);
    if (type === 'ok') {
      ledger.set(entry);
      return pull(repository, entry, ledger);
    }
    if (answer?.code !== 'MANIFEST_BLOB_UNKNOWN') return;
    ledger.blobsUnknown += 1;
    const missing = image.blobs.find(({ digest }) => digest === answer.missing);
    if (!missing) return void ledger.violations.push(`MANIFEST_BLOB_UNKNOWN names no blob of ${image.digest}`);
    if (!(await pushBlob(repository, missing))) return;
  }
}

async function bring(turn: Turn, blob: Artifact['blobs'][number]): Promise<boolean> {
  const { repository, shelf, random } = turn;
  const from = random.pick(shelf.repositories);
  if (random.chance(MOUNTS) && from !== repository.name) {
    const { answer } = await repository.mountBlob(blob.digest, from);
    if (answer?.status === 201) return true;
  }
  return ensureBlob(repository, blob);
}

async function deleteTag({ repository, tag, ledger }: Turn): Promise<void> {
  const { type } = await repository.deleteTag(tag);
  if (type === 'ok') ledger.set({ repository: repository.name, tag, image: undefined });
  if (type === 'info') ledger.forget({ repository: repository.name, tag });
}

async function deleteManifest({ repository, image, ledger }: Turn): Promise<void> {
  const tagged = ledger.tagsOn(repository.name, image);
  const { type } = await repository.deleteManifest(image.digest);
  for (const entry of tagged) {
    if (type === 'ok') ledger.set({ ...entry, image: undefined });
    if (type === 'info') ledger.forget(entry);
  }
}

async function pullKnown({ repository, tag, ledger }: Turn): Promise<void> {
  const entry = ledger.entries().find((known) => known.repository === repository.name && known.tag === tag);
  if (entry) await pull(repository, entry, ledger);
}
