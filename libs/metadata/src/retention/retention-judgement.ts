import type { RetentionPolicy } from '@stowage/contracts';
import { pathInNamespace } from '@stowage/oci';
import { judge, type Verdict } from '@stowage/retention';
import type { Database } from '../database.js';
import type { RepositoryRecord } from '../registry/repository-store.js';
import { rulesInForce } from '../tag-rules/immutable-tags.js';
import { type CandidateTag, RetentionCandidates } from './retention-candidates.js';

/** More tags of one repository are not judged: that would take more memory than a process should. */
const MAX_TAGS = 500_000;

export interface JudgedRepository {
  readonly repository: RepositoryRecord;
  /** By name. */
  readonly tags: readonly CandidateTag[];
  /** Of each tag, in their order. */
  readonly verdicts: readonly Verdict[];
  /** False: the repository has more tags, and those are not among them. */
  readonly isComplete: boolean;
}

/** What a policy says about the tags of repositories as they are now. Changes nothing. */
export class RetentionJudgement {
  readonly #candidates: RetentionCandidates;

  constructor(private readonly database: Database) {
    this.#candidates = new RetentionCandidates(database);
  }

  /** A repository of which not all tags could be looked at is judged without those: counted rules then keep others. */
  async judge(repository: RepositoryRecord, policy: RetentionPolicy, limit = MAX_TAGS): Promise<JudgedRepository> {
    const { rules, now } = await this.database.statements(async (tx) => {
      const [clock] = await tx.$queryRaw<{ now: Date }[]>`SELECT now() AS now`;
      return { rules: (await rulesInForce(tx, repository)).rules, now: clock?.now ?? new Date() };
    });
    const found = await this.#candidates.list(repository.id, limit + 1);
    const tags = found.slice(0, limit);
    const path = pathInNamespace(repository.name);
    const verdicts = judge(policy, tags, { repository: path, now, immutability: rules });
    return { repository, tags, verdicts, isComplete: found.length <= limit };
  }
}
