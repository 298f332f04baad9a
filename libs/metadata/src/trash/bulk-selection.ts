import type { BulkFilter } from '@stowage/contracts';
import { type Digest, pathInNamespace, REFERRERS_TAG_PATTERN, type TagName } from '@stowage/oci';
import { tagFilter } from '@stowage/retention';
import type { Database } from '../database.js';
import type { RepositoryRecord } from '../registry/repository-store.js';
import { rulesInForce } from '../tag-rules/immutable-tags.js';

/** So many rows are looked at together. */
const PAGE = 500;

export interface SelectedTag {
  readonly name: TagName;
  readonly digest: Digest;
  readonly unchangedSince: Date;
}

/** A part of what a filter takes, and where the next one begins. */
export interface Selected<Item> {
  readonly items: readonly Item[];
  /** Tags of the part that a rule of immutable tags keeps. */
  readonly kept: readonly string[];
  /** Null: that was the last one. */
  readonly next: string | null;
}

const CONDITIONS = `
  AND ($3::float8 IS NULL OR pushed.at < now() - make_interval(secs => $3 * 86400))
  AND (NOT $4::boolean OR NOT EXISTS (
    SELECT 1 FROM manifest_pull p WHERE p.repository_id = $1 AND p.digest = pushed.digest))`;

const TAGS = `
  SELECT pushed.name, pushed.digest, pushed.at AS "unchangedSince"
  FROM (SELECT name, digest, updated_at AS at FROM tag
        WHERE repository_id = $1 AND name > $2 AND name !~ $6 ORDER BY name) AS pushed
  WHERE true ${CONDITIONS} ORDER BY pushed.name LIMIT $5`;

const UNTAGGED = `
  SELECT pushed.digest FROM (
    SELECT m.digest, m.pushed_at AS at, m.subject_digest FROM manifest m
    WHERE m.repository_id = $1 AND m.digest > $2 AND m.deleted_at IS NULL ORDER BY m.digest) AS pushed
  WHERE NOT EXISTS (SELECT 1 FROM tag t WHERE t.repository_id = $1 AND t.digest = pushed.digest)
    AND NOT EXISTS (SELECT 1 FROM manifest_child c WHERE c.repository_id = $1 AND c.child_digest = pushed.digest)
    AND NOT EXISTS (SELECT 1 FROM absent_reference a WHERE a.repository_id = $1 AND a.digest = pushed.digest)
    AND NOT EXISTS (SELECT 1 FROM manifest s WHERE s.repository_id = $1 AND s.digest = pushed.subject_digest)
    ${CONDITIONS} ORDER BY pushed.digest LIMIT $5`;

/** What of a repository a filter takes, in parts, as it is when each is read. */
export class BulkSelection {
  constructor(private readonly database: Database) {}

  async tags(repository: RepositoryRecord, filter: BulkFilter, after: string): Promise<Selected<SelectedTag>> {
    const { tags: globs = [] } = filter;
    if (globs.length === 0) return { items: [], kept: [], next: null };
    const rows = await this.database.prepared<SelectedTag>('bulk_tags', TAGS, [
      ...valuesOf(repository, filter, after),
      REFERRERS_TAG_PATTERN,
    ]);
    const isTaken = tagFilter({ tags: [...globs], except: [] });
    const path = pathInNamespace(repository.name);
    const { rules } = await this.database.statements((tx) => rulesInForce(tx, repository));
    const taken = rows.filter(({ name }) => isTaken({ repository: path, tag: name }));
    const isHeld = ({ name }: SelectedTag) => rules.ruleFor({ repository: path, tag: name }) !== undefined;
    return {
      items: taken.filter((tag) => !isHeld(tag)),
      kept: taken.filter(isHeld).map(({ name }) => name),
      next: rows.length === PAGE ? (rows.at(-1)?.name ?? null) : null,
    };
  }

  /** Manifests that have no tag, and that nothing needs. */
  async untagged(repository: RepositoryRecord, filter: BulkFilter, after: string): Promise<Selected<Digest>> {
    if (filter.untagged !== true) return { items: [], kept: [], next: null };
    const rows = await this.database.prepared<{ digest: Digest }>(
      'bulk_untagged',
      UNTAGGED,
      valuesOf(repository, filter, after),
    );
    return {
      items: rows.map(({ digest }) => digest),
      kept: [],
      next: rows.length === PAGE ? (rows.at(-1)?.digest ?? null) : null,
    };
  }
}

function valuesOf({ id }: RepositoryRecord, filter: BulkFilter, after: string): unknown[] {
  return [id, after, filter.olderThanDays ?? null, filter.neverPulled ?? false, PAGE];
}
