import type { JudgedTag, RetentionPolicy, RetentionPreview, RetentionPreviewQuery } from '@stowage/contracts';
import type { JudgedRepository, RepositoryRecord, RetentionEffect, RetentionJudgement } from '@stowage/metadata';
import { pathInNamespace } from '@stowage/oci';
import { parseCursor, toPage } from '../cursors.js';

/** More tags of a namespace are not looked at before its policy is saved. */
const MAX_PREVIEWED_TAGS = 100_000;

interface Previewed {
  readonly repository: RepositoryRecord;
  readonly tag: JudgedRepository['tags'][number];
}

/** What a policy would do now. */
export class RetentionPreviews {
  constructor(
    private readonly judgement: RetentionJudgement,
    private readonly effect: RetentionEffect,
  ) {}

  /** The repositories come in the order of names. */
  async preview(
    policy: RetentionPolicy,
    repositories: AsyncIterable<RepositoryRecord>,
    query: RetentionPreviewQuery,
  ): Promise<RetentionPreview> {
    const judged: JudgedRepository[] = [];
    let room = MAX_PREVIEWED_TAGS;
    for await (const repository of repositories) {
      const one = await this.judgement.judge(repository, policy, room);
      judged.push(one);
      room -= one.tags.length;
      if (!one.isComplete) break;
    }
    const all = judged.flatMap(({ repository, tags }) => tags.map((tag): Previewed => ({ repository, tag })));
    return {
      ...(await this.#page(all, query)),
      tags: all.length,
      deletedTags: all.filter(({ tag }) => tag.verdict === 'delete').length,
      freedBytes: await this.#freedBytes(judged),
      isComplete: judged.every(({ isComplete }) => isComplete),
    };
  }

  async #page(all: readonly Previewed[], { verdict, cursor, limit }: RetentionPreviewQuery) {
    const last = parseCursor(cursor);
    const wanted = verdict ? all.filter(({ tag }) => tag.verdict === verdict) : all;
    const start = last === '' ? 0 : wanted.findIndex((each) => keyOf(each) === last) + 1;
    const rows = wanted.slice(start, start + limit + 1);
    const bytes = await this.#exclusiveBytes(rows.slice(0, limit));
    return toPage(rows, limit, { item: (row) => toJudgedTag(row, bytes), key: keyOf });
  }

  /** By repository and digest. */
  async #exclusiveBytes(rows: readonly Previewed[]): Promise<Map<string, number>> {
    const going = rows.filter(({ tag }) => tag.verdict === 'delete');
    const all = new Map<string, number>();
    for (const [repository, tags] of Map.groupBy(going, (row) => row.repository)) {
      const digests = tags.map(({ tag }) => tag.digest);
      for (const [digest, bytes] of await this.effect.exclusiveBytes(heldBy(repository), digests)) {
        all.set(`${repository.id}@${digest}`, bytes);
      }
    }
    return all;
  }

  async #freedBytes(judged: readonly JudgedRepository[]): Promise<number> {
    let sum = 0;
    for (const { repository, tags } of judged) {
      const going = tags.filter(({ verdict }) => verdict === 'delete').map(({ name }) => name);
      sum += await this.effect.freedBytes(heldBy(repository), going);
    }
    return sum;
  }
}

function heldBy({ id, namespaceId }: RepositoryRecord) {
  return { namespaceId, repositoryId: id };
}

function toJudgedTag({ repository, tag }: Previewed, bytes: ReadonlyMap<string, number>): JudgedTag {
  const { name, digest, pushedAt, pulledAt, verdict, decision } = tag;
  return {
    repository: pathInNamespace(repository.name),
    tag: name,
    digest,
    pushedAt: pushedAt.toISOString(),
    pulledAt: pulledAt?.toISOString() ?? null,
    verdict,
    decision,
    exclusiveBytes: verdict === 'delete' ? (bytes.get(`${repository.id}@${digest}`) ?? 0) : null,
  };
}

/** A tag has no colon, and neither has a repository. */
function keyOf({ repository, tag }: Previewed): string {
  return `${repository.name}:${tag.name}`;
}
