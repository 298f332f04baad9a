import {
  type Actor,
  CreateOnPushOffError,
  LimitExceededError,
  type RepositoryRecord,
  type RepositoryStore,
} from '@stowage/metadata';
import { namespaceOf, OciError, type RepositoryName } from '@stowage/oci';

export interface PushTargetDependencies {
  readonly repositories: RepositoryStore;
  /** The usage page of a namespace; repositories are made on the page that it belongs to. */
  readonly page: (namespace: string) => string;
}

/** The repository of a push, made if need be. Undefined without its namespace; DENIED where a push makes none. */
export async function pushTarget(
  { repositories, page }: PushTargetDependencies,
  name: RepositoryName,
  actor: Actor,
): Promise<RepositoryRecord | undefined> {
  try {
    return await repositories.findOrCreate(name, actor);
  } catch (error) {
    if (error instanceof LimitExceededError) throw tooMany(error, page(error.namespace));
    if (!(error instanceof CreateOnPushOffError)) throw error;
    const namespace = namespaceOf(error.repository);
    throw new OciError('DENIED', {
      message: `a push makes no repository in ${namespace}: create ${error.repository} first, at ${new URL('.', page(namespace)).href}`,
      cause: error,
    });
  }
}

function tooMany(error: LimitExceededError, page: string): OciError {
  const { namespace, numbers } = error;
  return new OciError('DENIED', {
    message: `namespace ${namespace} has ${numbers.used} of ${numbers.limit} private repositories, and this push would make one more. Make room or ask an administrator for more: ${page}`,
    detail: numbers,
    cause: error,
  });
}
