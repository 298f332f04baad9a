import { failPoint } from '@stowage/failpoints';
import type { Digest, RepositoryName, TagName } from '@stowage/oci';
import type { Actor } from '../actor.js';
import type { Database } from '../database.js';
import { namedRepository } from '../tenancy/name-sql.js';
import type { Statements } from '../statements.js';
import { refuseImmutable } from '../tag-rules/immutable-tags.js';
import type { RepositoryRecord } from './repository-store.js';

/** Not a join: Postgres would sort all tags, because it does not see that they are those of one repository. */
const LIST = `
  SELECT t.name FROM tag t
  WHERE t.repository_id = ${namedRepository('$1')} AND t.name > $2 ORDER BY t.name LIMIT $3`;

export class TagStore {
  constructor(private readonly database: Database) {}

  /** Tag names after `last` in byte order, `limit` at most. */
  async list(name: RepositoryName, page: { readonly last: string; readonly limit: number }): Promise<TagName[]> {
    const rows = await this.database.prepared<{ name: TagName }>('tag_list', LIST, [name, page.last, page.limit]);
    return rows.map((row) => row.name);
  }
}

/** What a conditional push wants the tag to be: a digest, or not there. */
export type TagExpectation = Digest | 'absent';

/** The tag is not what a conditional push expected; nothing was stored. */
export class TagMovedError extends Error {
  override name = 'TagMovedError';
  constructor(
    readonly tag: TagName,
    readonly actual: Digest | undefined,
  ) {
    super(`${tag} is ${actual ?? 'absent'}`);
  }
}

interface TagMove {
  readonly repository: RepositoryRecord;
  readonly tag: TagName;
  readonly digest: Digest;
  readonly actor: Actor;
  readonly expected?: TagExpectation | undefined;
  /** How long what the tag was before can be restored; 0 when absent. */
  readonly keptSeconds?: number | undefined;
}

/**
 * Points the tag at a manifest of the same repository; returns what it pointed at before. Throws `TagMovedError`, and
 * `ImmutableTagError` when a rule keeps it where it is.
 */
export async function moveTag(tx: Statements, move: TagMove): Promise<Digest | undefined> {
  const { repository, tag, digest } = move;
  const previous = await lockTag(tx, move);
  checkExpectation(move, previous);
  // Only here: a tag that is new or stays where it is breaks no rule, so that most pushes don't ask for any.
  if (previous !== undefined && previous !== digest) {
    await refuseImmutable(tx, repository, [{ tag, digest: previous }]);
    await recordMove(tx, move, previous);
  }
  await failPoint('T1');
  return previous;
}

/**
 * The tag, made if need be, as the last change of it. Two pushes of one tag take turns here, so that each sees what the other
 * left: resolves with the digest that the tag had before, and still has.
 */
async function lockTag(tx: Statements, { repository, tag, digest, actor }: TagMove): Promise<Digest | undefined> {
  const [row] = await tx.$queryRaw<{ digest: Digest; isNew: boolean }[]>`
    WITH locked AS (
      INSERT INTO tag (repository_id, name, digest, updated_by)
      VALUES (${repository.id}::uuid, ${tag}, ${digest}, ${actor.name})
      ON CONFLICT (repository_id, name) DO UPDATE SET updated_at = now(), updated_by = excluded.updated_by
      RETURNING *, xmax = 0 AS is_new
    ), event AS (
      INSERT INTO tag_event (repository_id, name, digest, actor)
      SELECT repository_id, name, digest, updated_by FROM locked WHERE is_new
    )
    SELECT digest, is_new AS "isNew" FROM locked`;
  return row?.isNew ? undefined : row?.digest;
}

function checkExpectation({ tag, expected }: TagMove, previous: Digest | undefined): void {
  if (expected === undefined) return;
  const holds = expected === 'absent' ? previous === undefined : previous === expected;
  if (!holds) throw new TagMovedError(tag, previous);
}

async function recordMove(
  tx: Statements,
  { repository, tag, digest, actor, keptSeconds = 0 }: TagMove,
  previous: Digest,
): Promise<void> {
  await tx.$executeRaw`
    WITH moved AS (
      UPDATE tag SET digest = ${digest} WHERE repository_id = ${repository.id}::uuid AND name = ${tag}
    )
    INSERT INTO tag_event (repository_id, name, digest, previous_digest, actor, kept_until)
    VALUES (${repository.id}::uuid, ${tag}, ${digest}, ${previous}, ${actor.name},
            CASE WHEN ${keptSeconds}::float8 > 0 THEN now() + make_interval(secs => ${keptSeconds}::float8) END)`;
}
