import { pushTarget, type PushTargetDependencies } from '@stowage/distribution';
import type { RepositoryRecord, RepositoryStore } from '@stowage/metadata';
import { OciError } from '@stowage/oci';
import type { FastifyRequest } from 'fastify';
import { callerOf, repositoryOf } from '../access/caller.js';

/** The repository of a request that may create it: the first push does. */
export async function pushedRepository(
  deps: PushTargetDependencies,
  request: FastifyRequest,
): Promise<RepositoryRecord> {
  const found = await pushTarget(deps, repositoryOf(request), callerOf(request).actor);
  if (!found) throw unknownName();
  return found;
}

/** The repository of a request that needs it to be there. Throws NAME_UNKNOWN. */
export async function existingRepository(store: RepositoryStore, request: FastifyRequest): Promise<RepositoryRecord> {
  const found = await store.find(repositoryOf(request));
  if (!found) throw unknownName();
  return found;
}

function unknownName(): OciError {
  return new OciError('NAME_UNKNOWN');
}
