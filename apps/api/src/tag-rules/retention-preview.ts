import type { JudgedTag, RetentionPolicy, RetentionPreview, RetentionPreviewQuery } from '@stowage/contracts';
import type {
  CandidateTag,
  JudgedRepository,
  RepositoryRecord,
  RetentionEffect,
  RetentionJudgement,
} from '@stowage/metadata';
import { pathInNamespace } from '@stowage/oci';
import type { Verdict } from '@stowage/retention';
import { parseCursor, toPage } from '../cursors.js';

/** More tags of a namespace are not looked at before its policy is saved. */
const MAX_PREVIEWED_TAGS = 100_000;

interface Previewed {
  readonly repository: RepositoryRecord;
  readonly tag: CandidateTag;
  readonly verdict: Verdict;
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
    let [tags, deletedTags, freedBytes] = [0, 0, 0];
    for (const one of judged) {
      const going = namesOfGoing(one);
      tags += one.tags.length;
      deletedTags += going.length;
      freedBytes += await this.effect.freedBytes(heldBy(one.repository), going);
    }
    const isComplete = judged.every((one) => one.isComplete);
    return { ...(await this.#page(judged, query)), tags, deletedTags, freedBytes, isComplete };
  }

  async #page(judged: readonly JudgedRepository[], { verdict, cursor, limit }: RetentionPreviewQuery) {
    const wanted = rowsAfter(judged, parseCursor(cursor)).filter((row) => !verdict || row.verdict.verdict === verdict);
    const rows = [...wanted.take(limit + 1)];
    const bytes = await this.#exclusiveBytes(rows.slice(0, limit));
    return toPage(rows, limit, { item: (row) => toJudgedTag(row, bytes), key: keyOf });
  }

  /** By repository and digest. */
  async #exclusiveBytes(rows: readonly Previewed[]): Promise<Map<string, number>> {
    const going = rows.filter(({ verdict }) => verdict.verdict === 'delete');
    const all = new Map<string, number>();
    for (const [repository, tags] of Map.groupBy(going, (row) => row.repository)) {
      const digests = tags.map(({ tag }) => tag.digest);
      for (const [digest, bytes] of await this.effect.exclusiveBytes(heldBy(repository), digests)) {
        all.set(`${repository.id}@${digest}`, bytes);
      }
    }
    return all;
  }
}

function namesOfGoing({ tags, verdicts }: JudgedRepository): CandidateTag['name'][] {
  return tags.filter((_, at) => verdicts[at]?.verdict === 'delete').map(({ name }) => name);
}

/** Those that come after a key in the order of names, whether its tag is still there or not; all after the empty one. */
function* rowsAfter(judged: readonly JudgedRepository[], last: string): Generator<Previewed> {
  const [lastRepository = '', lastTag = ''] = last.split(':');
  for (const { repository, tags, verdicts } of judged) {
    if (repository.name < lastRepository) continue;
    for (const [at, tag] of tags.entries()) {
      if (repository.name === lastRepository && tag.name <= lastTag) continue;
      yield { repository, tag, verdict: verdicts[at] as Verdict };
    }
  }
}

function heldBy({ id, namespaceId }: RepositoryRecord) {
  return { namespaceId, repositoryId: id };
}

function toJudgedTag(
  { repository, tag, verdict: judgement }: Previewed,
  bytes: ReadonlyMap<string, number>,
): JudgedTag {
  const { name, digest, pushedAt, pulledAt } = tag;
  const { verdict, decision } = judgement;
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
