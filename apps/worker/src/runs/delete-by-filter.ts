import { bulkFilterSchema } from '@stowage/contracts';
import { defineRun, type RunContext, type RunKind } from '@stowage/jobs';
import {
  type Actor,
  BULK_DELETION_RUN,
  type BulkSelection,
  type Deletions,
  type RepositoryRecord,
  type RetainedRepositories,
} from '@stowage/metadata';
import { z } from 'zod';
import { actorSchema } from './actor-schema.js';

interface Dependencies {
  readonly repositories: Pick<RetainedRepositories, 'find'>;
  readonly selection: BulkSelection;
  readonly deletions: Deletions;
}

const payloadSchema = z.strictObject({ repositoryId: z.uuid(), filter: bulkFilterSchema, actor: actorSchema });
const cursorSchema = z.strictObject({ part: z.enum(['tags', 'manifests']), after: z.string() });
type Payload = z.infer<typeof payloadSchema>;
type Context = RunContext<z.infer<typeof cursorSchema>>;

/** Deletes what a filter takes of a repository, as people delete: into the trash, with one undo for all of it. */
export function deleteByFilter(deps: Dependencies): RunKind {
  return defineRun({
    kind: BULK_DELETION_RUN,
    payload: payloadSchema,
    cursor: cursorSchema,
    maxAttempts: 5,
    changesContent: true,
    run: async (payload, context) => {
      const { namespaceId, cursor, log } = context;
      const repository = namespaceId && (await deps.repositories.find(payload.repositoryId, namespaceId));
      if (!repository) {
        log.info('The repository is not there any more: nothing to do.');
        return;
      }
      const work = { payload, repository, actor: payload.actor };
      const isDone = cursor?.part === 'manifests' || (await deleteTags(deps, work, context));
      if (isDone) await deleteManifests(deps, work, context);
    },
  });
}

interface Work {
  readonly payload: Payload;
  readonly repository: RepositoryRecord;
  readonly actor: Actor;
}

/** False when the run has to stop. */
async function deleteTags(
  deps: Dependencies,
  { payload, repository, actor }: Work,
  context: Context,
): Promise<boolean> {
  for (let after: string | null = context.cursor?.after ?? ''; after !== null; ) {
    if (context.signal.aborted) return false;
    const { items, kept, next } = await deps.selection.tags(repository, payload.filter, after);
    const gone = await deps.deletions.tags({ repository, tags: items, actor, runId: context.id });
    if (kept.length > 0) context.log.info(`Immutable, and so kept: ${kept.slice(0, 20).join(', ')}`);
    const counters = { deletedTags: gone.length, keptTags: kept.length };
    context.progress.advance({ cursor: { part: 'tags', after: next ?? after }, items: gone.length, counters });
    after = next;
  }
  return true;
}

async function deleteManifests(
  deps: Dependencies,
  { payload, repository, actor }: Work,
  context: Context,
): Promise<void> {
  let after: string | null = context.cursor?.part === 'manifests' ? context.cursor.after : '';
  while (after !== null) {
    const { items, next } = await deps.selection.untagged(repository, payload.filter, after);
    for (const digest of items) {
      if (context.signal.aborted) return;
      const { outcome } = await deps.deletions.manifest({ repository, digest, actor, runId: context.id });
      const counters = outcome === 'deleted' ? { deletedImages: 1 } : { keptImages: 1 };
      context.progress.advance({ cursor: { part: 'manifests', after: digest }, counters });
    }
    after = next;
  }
}
