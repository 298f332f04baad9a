import { defineRun, type RunContext, type RunKind } from '@stowage/jobs';
import {
  type DoomedTag,
  RETENTION_RUN,
  type RepositoryRecord,
  type RetainedRepositories,
  type RetentionBatch,
  type RetentionDeletion,
  type RetentionEffect,
  type RetentionJudgement,
  type RetentionPolicyStore,
  type RetentionScope,
  type StoredRetention,
} from '@stowage/metadata';
import { pathInNamespace, type TagName } from '@stowage/oci';
import { z } from 'zod';

const BATCH = 100;
const SLICE = 2_000;

interface Dependencies {
  readonly policies: RetentionPolicyStore;
  readonly repositories: RetainedRepositories;
  readonly judgement: RetentionJudgement;
  readonly effect: RetentionEffect;
  readonly deletion: RetentionDeletion;
}

const payloadSchema = z.strictObject({ namespaceId: z.uuid(), repositoryId: z.uuid().nullable() });
type Payload = z.infer<typeof payloadSchema>;
/** The path of the last repository that is done. */
const cursorSchema = z.string();
type Context = RunContext<string>;

/**
 * Deletes the tags that a policy lets go, a hundred in a transaction, each judged again inside. A run that is stopped or killed
 * judges anew the repository that it was in: what is left of it is judged the same.
 */
export function applyRetention(deps: Dependencies): RunKind {
  return defineRun({
    kind: RETENTION_RUN,
    payload: payloadSchema,
    cursor: cursorSchema,
    maxAttempts: 5,
    changesContent: true,
    run: async (payload, context) => {
      const scope = scopeOf(payload);
      const stored = await deps.policies.find(scope);
      if (!stored) {
        context.log.info('There is no policy here any more: nothing to do.');
        return;
      }
      for await (const repository of repositoriesOf(deps.repositories, payload, context.cursor ?? '')) {
        if (context.signal.aborted) return;
        const isDone = await cleanRepository(deps, { scope, stored, repository }, context);
        if (!isDone) return;
        context.progress.advance({ cursor: pathInNamespace(repository.name), items: 0, counters: { repositories: 1 } });
      }
    },
  });
}

type PolicyOwner = Pick<RetentionScope, 'kind' | 'id'>;

function scopeOf({ namespaceId, repositoryId }: Payload): PolicyOwner {
  return repositoryId === null ? { kind: 'namespace', id: namespaceId } : { kind: 'repository', id: repositoryId };
}

async function* repositoriesOf(
  repositories: RetainedRepositories,
  { namespaceId, repositoryId }: Payload,
  after: string,
): AsyncGenerator<RepositoryRecord> {
  if (repositoryId !== null) {
    const one = await repositories.find(repositoryId, namespaceId);
    if (one) yield one;
    return;
  }
  yield* repositories.allInheriting(namespaceId, after);
}

interface Cleaning {
  readonly scope: PolicyOwner;
  readonly stored: StoredRetention;
  readonly repository: RepositoryRecord;
}

/** False when the run has to end here. */
async function cleanRepository(deps: Dependencies, { scope, stored, repository }: Cleaning, context: Context) {
  const { policy, updatedAt } = stored;
  const { tags, verdicts, isComplete } = await deps.judgement.judge(repository, policy);
  if (!isComplete) {
    context.log.warn(`${repository.name} has more tags than one run looks at; the first by name are looked at.`);
  }
  const doomed = tags.flatMap((tag, at): DoomedTag[] => {
    const judged = verdicts[at];
    return judged?.verdict === 'delete' && judged.decision.by === 'rule'
      ? [{ ...tag, rule: judged.decision.rule }]
      : [];
  });
  if (doomed.length === 0) return true;
  context.progress.expect(context.progress.snapshot().done + doomed.length);
  for (let at = 0; at < doomed.length; at += SLICE) {
    const slice = doomed.slice(at, at + SLICE);
    if (!(await deleteSlice(deps, { scope, policy, policyUpdatedAt: updatedAt, repository, tags: slice }, context)))
      return false;
  }
  return true;
}

type Slice = Omit<RetentionBatch, 'runId'>;

/** Counts what it frees in one go: layers that several of its tags share are freed by all of them together. */
async function deleteSlice(deps: Dependencies, slice: Slice, context: Context): Promise<boolean> {
  const { repository, tags } = slice;
  const held = { namespaceId: repository.namespaceId, repositoryId: repository.id };
  const freed = await deps.effect.freedBytes(held, namesOf(tags));
  const left = new Set(tags);
  let isDone = true;
  for (let at = 0; at < tags.length && isDone; at += BATCH) {
    const batch = tags.slice(at, at + BATCH);
    const outcome = await deps.deletion.delete({ ...slice, runId: context.id, tags: batch });
    if (outcome.kind === 'outdated') {
      context.log.warn('The policy was changed meanwhile, so this run ends here. Start another one.');
      return false;
    }
    for (const tag of outcome.deleted) left.delete(tag);
    const counters = { deletedTags: outcome.deleted.length, sparedTags: batch.length - outcome.deleted.length };
    context.progress.advance({ items: batch.length, counters });
    isDone = !context.signal.aborted;
  }
  // What the others would free now is what was not freed.
  const notFreed = await deps.effect.freedBytes(held, namesOf([...left]));
  context.progress.advance({ items: 0, counters: { freedBytes: freed - notFreed } });
  return isDone;
}

function namesOf(tags: readonly DoomedTag[]): TagName[] {
  return tags.map(({ name }) => name);
}
