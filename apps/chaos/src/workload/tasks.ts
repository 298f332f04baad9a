import type { TagName } from '@stowage/oci';
import type { RegistryClient } from '../client/registry-client.js';
import { RepositoryClient } from '../client/repository-client.js';
import type { Repository, Universe } from '../content/universe.js';
import type { Random } from '../random.js';
import type { Task } from './mix.js';
import { pushArtifact } from './push-artifact.js';
import { abandonUpload, cancelUpload, pushBlob, pushWrong, raceAppends } from './push-blob.js';
import { pushInChunks } from './push-in-chunks.js';

export interface TaskContext {
  readonly universe: Universe;
  readonly client: RegistryClient;
  readonly random: Random;
  readonly isOver: () => boolean;
}

type Run = (target: Target) => Promise<unknown>;

/** Where a task works, and what it draws. */
interface Target extends TaskContext {
  readonly content: Repository;
  readonly repository: RepositoryClient;
}

/** Does one task in a repository that is drawn for it. */
export async function runTask(task: Task, context: TaskContext): Promise<void> {
  const content = context.random.pick(context.universe.repositories);
  const repository = new RepositoryClient(context.client, content.name);
  await TASKS[task]({ ...context, content, repository });
}

const tagOf = ({ random, universe }: Target): TagName => random.pick(universe.tags);
const pushedBlob = ({ random, content }: Target) => random.pick(content.blobs);
/** Also one that was never pushed here. */
const anyBlob = ({ random, universe }: Target) => random.pick(universe.blobs);
const pushedArtifact = ({ random, content }: Target) => random.pick(content.artifacts);
const anyArtifact = ({ random, universe }: Target) => random.pick(universe.artifacts);

const TASKS: Readonly<Record<Task, Run>> = {
  'push artifact': (target) => pushArtifact(target.repository, pushedArtifact(target), [tagOf(target)]),
  'push with several tags': (target) => {
    const tags = target.random.sample(target.universe.tags, target.random.between(2, 3));
    return pushArtifact(target.repository, pushedArtifact(target), tags);
  },
  'push manifest alone': (target) => target.repository.putManifest(pushedArtifact(target), [tagOf(target)]),
  'push blob': (target) => pushBlob(target.repository, pushedBlob(target)),
  'push blob in chunks': (target) => pushInChunks(target.repository, pushedBlob(target), target),
  'push wrong bytes': (target) => {
    const [sent, claimed] = target.random.sample(target.universe.blobs, 2);
    return sent && claimed ? pushWrong(target.repository, sent, claimed) : Promise.resolve();
  },
  'abandon upload': (target) => abandonUpload(target.repository, anyBlob(target)),
  'cancel upload': (target) => cancelUpload(target.repository, anyBlob(target)),
  'race two writers': (target) => raceAppends(target.repository, pushedBlob(target), target.random),
  'mount blob': (target) => {
    const from = target.random.pick(target.universe.repositories);
    return target.repository.mountBlob(pushedBlob(target).digest, from.name);
  },
  'get tag': (target) => target.repository.getManifest({ tag: tagOf(target) }),
  'head tag': (target) => target.repository.getManifest({ tag: tagOf(target) }, 'HEAD'),
  'get manifest': (target) => target.repository.getManifest({ digest: anyArtifact(target).digest }),
  'list tags': (target) => target.repository.listTags(),
  'get blob': (target) => target.repository.getBlob(anyBlob(target).digest),
  'head blob': (target) => target.repository.getBlob(anyBlob(target).digest, 'HEAD'),
  'delete tag': (target) => target.repository.deleteTag(tagOf(target)),
  'delete manifest': (target) => target.repository.deleteManifest(anyArtifact(target).digest),
  'delete blob': (target) => target.repository.deleteBlob(anyBlob(target).digest),
};
