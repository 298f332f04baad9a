import type { DeletePreview, TrashEntry } from '@stowage/contracts';
import type { DeletionPreview, RestoreObstacle, TrashRecord } from '@stowage/metadata';
import { ProblemError } from '@stowage/nest-kit';

export function toTrashEntry(record: TrashRecord): TrashEntry {
  const { id, kind, namespace, repository, name, digest, held, deletedAt, deletedBy, purgeAfter, runId } = record;
  return {
    id,
    kind,
    namespace,
    repository,
    name,
    digest,
    tags: Array.isArray(held.tags) ? held.tags.map(String) : [],
    sizeBytes: typeof held.sizeBytes === 'number' ? held.sizeBytes : 0,
    deletedAt: deletedAt.toISOString(),
    deletedBy,
    purgeAfter: purgeAfter.toISOString(),
    run: runId,
  };
}

export function toDeletePreview(preview: DeletionPreview): DeletePreview {
  const { restorableUntil, freedBy, tagNames, neededBy, ...numbers } = preview;
  return {
    ...numbers,
    tagNames: [...tagNames],
    neededBy: [...neededBy],
    restorableUntil: restorableUntil?.toISOString() ?? null,
    freedBy: freedBy.toISOString(),
  };
}

/** 409, with what to do. */
export function toObstacleProblem(obstacle: RestoreObstacle): ProblemError {
  if (obstacle.kind === 'inside') {
    const what = obstacle.what === 'repository' ? 'The repository it was in' : `Its image ${obstacle.name}`;
    return new ProblemError(409, `${what} is in the trash as well. Restore that first.`);
  }
  const [first = ''] = obstacle.names;
  const names = obstacle.names.length > 1 ? `The names ${obstacle.names.join(', ')} are` : `The name ${first} is`;
  return new ProblemError(409, `${names} taken by now. Delete or rename what has it, and restore again.`);
}
