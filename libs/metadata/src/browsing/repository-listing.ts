import type { AccessGrant, Role, Visibility } from '@stowage/contracts';
import { REFERRERS_TAG_PATTERN, type RepositoryName } from '@stowage/oci';
import { differenceOf, recordAudit } from '../audit.js';
import type { ChangeTerms } from '../change-terms.js';
import type { Database } from '../database.js';
import { holdToLimit } from '../quota/hold-to-limit.js';
import { insertRepository, type NewRepository } from '../registry/repository-store.js';
import { grantsAsJson, holdsPath, isGrantedToPull } from '../tenancy/grant-sql.js';
import { namedNamespace, namedRepository } from '../tenancy/name-sql.js';
import { neverFirst, type Positioned, positionOf, type SortColumns, sortedBy, type SortedPage } from './sorted-page.js';

/** A repository as a caller sees it. */
export interface VisibleRepository {
  readonly id: string;
  readonly namespaceId: string;
  readonly namespace: string;
  readonly name: RepositoryName;
  readonly path: string;
  readonly description: string;
  readonly visibility: Visibility;
  readonly lastPushedAt: Date | null;
  readonly createdAt: Date;
  /** The caller's role in the namespace. */
  readonly role: Role | null;
  /** Those of the caller that hold this repository. */
  readonly grants: readonly AccessGrant[];
}

/** Absent fields stay as they are. */
export interface RepositorySettings {
  readonly description?: string;
  readonly visibility?: Visibility;
}

export interface RepositoryListing extends VisibleRepository {
  readonly tagCount: number;
  readonly sizeBytes: number;
}

const COLUMNS = `
  SELECT r.id, r.namespace_id AS "namespaceId", n.name AS namespace, r.name, r.path, r.description, r.visibility,
    r.last_pushed_at AS "lastPushedAt", r.created_at AS "createdAt", me.role,
    (SELECT ${grantsAsJson('n.name')} FROM access_grant g WHERE g.subject_id = $1::uuid AND g.subject_kind = 'user'
       AND g.namespace_id = n.id AND ${holdsPath('g.path', 'r.path')}) AS grants`;

/** Counted for each repository when it is shown, and only then: that takes as long as there is much to count. Tags as `TagListings` has them. */
const NUMBERS = `,
    (SELECT count(*)::int FROM tag t WHERE t.repository_id = r.id AND t.name !~ '${REFERRERS_TAG_PATTERN}') AS "tagCount",
    ((SELECT coalesce(sum(b.size), 0) FROM repository_blob l JOIN blob b ON b.digest = l.digest
        WHERE l.repository_id = r.id)
      + (SELECT coalesce(sum(m.payload_size), 0) FROM manifest m WHERE m.repository_id = r.id))::float8 AS "sizeBytes"`;

const FROM = `
  FROM repository r
  JOIN namespace n ON n.id = r.namespace_id
  LEFT JOIN namespace_member me ON me.namespace_id = n.id AND me.user_id = $1::uuid`;

/** What the caller may see: a member everything, others by visibility and grants. */
const VISIBLE = `(me.role IS NOT NULL OR r.visibility = 'public' OR (r.visibility = 'internal' AND $1::uuid IS NOT NULL)
  OR ${isGrantedToPull('$1::uuid')})`;

export type RepositorySort = 'name' | 'lastPushedAt';

const SORTS: Readonly<Record<RepositorySort, SortColumns>> = {
  name: { value: 'r.path', type: 'text', tie: 'r.path' },
  lastPushedAt: { value: neverFirst('r.last_pushed_at'), type: 'timestamptz', tie: 'r.path' },
};

/** Repositories as the dashboard lists them; never shows one that the caller may not pull. */
export class RepositoryListings {
  constructor(private readonly database: Database) {}

  /** Of the namespace, by path; those whose path or description contains what is searched for. */
  async list(
    caller: string | null,
    { namespace, search = '', ...page }: SortedPage<RepositorySort> & { readonly namespace: string },
  ): Promise<(RepositoryListing & Positioned)[]> {
    const by = page.order?.by ?? 'name';
    const sorted = sortedBy(SORTS[by], page, [caller, namespace, search]);
    return this.database.prepared<RepositoryListing & Positioned>(
      `repository_listing_${by}_${sorted.name}`,
      // The namespace is looked up first: as a join, all of its repositories would be sorted for each page.
      `${COLUMNS}, ${positionOf(SORTS[by])}${NUMBERS}${FROM}
       WHERE r.namespace_id = ${namedNamespace('$2')} AND r.deleted_at IS NULL 
         AND (position(lower($3) IN r.path) > 0 OR position(lower($3) IN lower(r.description)) > 0) AND ${VISIBLE}${sorted.sql}`,
      [...sorted.values],
    );
  }

  async find(caller: string | null, name: RepositoryName): Promise<RepositoryListing | undefined> {
    const [row] = await this.database.prepared<RepositoryListing>(
      'repository_listing_find',
      `${COLUMNS}${NUMBERS}${FROM} WHERE r.id = ${namedRepository('$2')} AND ${VISIBLE}`,
      [caller, name],
    );
    return row;
  }

  /** The same without what has to be counted. */
  async identify(caller: string | null, name: RepositoryName): Promise<VisibleRepository | undefined> {
    const [row] = await this.database.prepared<VisibleRepository>(
      'repository_visible',
      `${COLUMNS}${FROM} WHERE r.id = ${namedRepository('$2')} AND ${VISIBLE}`,
      [caller, name],
    );
    return row;
  }

  /** False when there is one of this name already. Throws `LimitExceededError` for a private one too many. */
  async create(input: NewRepository): Promise<boolean> {
    return this.database.transaction(async (tx) => (await insertRepository(tx, input)) !== undefined);
  }

  /**
   * One audit row with what was and what is; none when nothing is another thing now. Throws `LimitExceededError` for a
   * private one too many.
   */
  async update(
    listing: VisibleRepository,
    change: RepositorySettings,
    { actor, precondition }: ChangeTerms<Required<RepositorySettings>>,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [was] = await tx.$queryRaw<Required<RepositorySettings>[]>`
        SELECT description, visibility FROM repository
        WHERE id = ${listing.id}::uuid AND deleted_at IS NULL FOR UPDATE`;
      if (was) precondition?.(was);
      const difference = was && differenceOf(was, { ...was, ...change });
      if (!difference) return;
      await tx.repository.update({ where: { id: listing.id }, data: difference.after });
      const { namespaceId, name: target } = listing;
      if (difference.after.visibility === 'private') await holdToLimit(tx, namespaceId, 'privateRepositories');
      const detail = { ...difference };
      await recordAudit(tx, { actor, action: 'repository.update', namespaceId, target, detail });
    });
  }
}
