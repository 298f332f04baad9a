import { randomUUID } from 'node:crypto';
import type { Role, Visibility } from '@stowage/contracts';
import type { NamespaceName } from '@stowage/oci';
import type { Actor } from '../actor.js';
import type { ChangeTerms } from '../change-terms.js';
import { differenceOf, recordAudit } from '../audit.js';
import type { Database, Db } from '../database.js';
import { isGrantedToPull } from './grant-sql.js';
import { namedNamespace } from './name-sql.js';
import { naming } from './namespace-names.js';

export interface NamespaceRecord {
  readonly id: string;
  readonly name: NamespaceName;
  readonly displayName: string;
  readonly kind: 'personal' | 'organization';
  /** Of repositories that are made without one. */
  readonly defaultVisibility: Visibility;
  /** Whether a first push makes its repository. */
  readonly createsOnPush: boolean;
  /** The caller's role in it. */
  readonly role: Role | null;
  readonly repositoryCount: number;
  readonly memberCount: number;
  /** The caller was granted something in it. */
  readonly hasGrant: boolean;
  readonly createdAt: Date;
}

export interface NewNamespace {
  readonly name: NamespaceName;
  readonly displayName: string;
  readonly kind: 'personal' | 'organization';
  readonly ownerId: string;
  readonly limitBytes: number;
  readonly actor: Actor;
}

/** A grant alone shows the namespace as a shell, also while none of its repositories is there yet. */
const HAS_GRANT = `EXISTS (SELECT 1 FROM access_grant g
      WHERE g.subject_id = $1::uuid AND g.subject_kind = 'user' AND g.namespace_id = n.id)`;

const SELECT = `
  SELECT n.id, n.name, n.display_name AS "displayName", n.kind, n.created_at AS "createdAt", me.role,
    n.default_visibility AS "defaultVisibility", n.creates_on_push AS "createsOnPush",
    (SELECT count(*)::int FROM repository r WHERE r.namespace_id = n.id AND r.deleted_at IS NULL
       AND (me.role IS NOT NULL OR r.visibility = 'public' OR (r.visibility = 'internal' AND $1::uuid IS NOT NULL)
         OR ${isGrantedToPull('$1::uuid')}))
      AS "repositoryCount",
    CASE WHEN me.role IS NULL THEN 0
      ELSE (SELECT count(*)::int FROM namespace_member m WHERE m.namespace_id = n.id) END AS "memberCount",
    ${HAS_GRANT} AS "hasGrant"
  FROM namespace n LEFT JOIN namespace_member me ON me.namespace_id = n.id AND me.user_id = $1::uuid`;

/** What its owners decide; absent fields stay as they are. */
export interface NamespaceSettings {
  readonly displayName?: string;
  readonly defaultVisibility?: Visibility;
  readonly createsOnPush?: boolean;
}

/** What decides whether there is room for more. */
export interface NamespaceUsage {
  readonly usedBytes: number;
  readonly reservedBytes: number;
  readonly limitBytes: number;
}

const USAGE = `
  SELECT used_bytes::float8 AS "usedBytes", reserved_bytes::float8 AS "reservedBytes", limit_bytes::float8 AS "limitBytes"
  FROM namespace_usage WHERE namespace_id = $1`;

export class NamespaceStore {
  constructor(private readonly database: Database) {}

  /** The namespaces that the user is a member of or holds a grant in, after `last` by name. */
  async listOfMember(userId: string, page: { last: string; limit: number }): Promise<NamespaceRecord[]> {
    return this.database.prepared<NamespaceRecord>(
      'namespace_list_of_member',
      `${SELECT} WHERE (me.user_id IS NOT NULL OR ${HAS_GRANT}) AND n.deleted_at IS NULL AND n.name > $2 ORDER BY n.name LIMIT $3`,
      [userId, page.last, page.limit],
    );
  }

  /**
   * The namespace of this name, or of the one that it had before, as this caller may see it: members and holders of a grant see it, others only when it has a
   * repository they may pull.
   * Anything else is undefined, like a name that doesn't exist.
   */
  async findVisible(name: string, userId: string | null): Promise<NamespaceRecord | undefined> {
    const [row] = await this.database.prepared<NamespaceRecord>(
      'namespace_find_visible',
      `${SELECT} WHERE n.id = ${namedNamespace('$2')}`,
      [userId, name],
    );
    return row && (row.role !== null || row.hasGrant || row.repositoryCount > 0) ? row : undefined;
  }

  /** Throws `NamespaceNameTakenError`. */
  async create(input: NewNamespace): Promise<void> {
    await naming(this.database, input.name, () =>
      this.database.transaction(async (tx) => {
        await createNamespace(tx, input);
      }),
    );
  }

  /**
   * One audit row with what was and what is; none when nothing is another thing now. What `precondition` throws about the
   * settings that it sees under the lock is thrown on, and nothing has changed.
   */
  async change(
    namespace: Pick<NamespaceRecord, 'id' | 'name'>,
    settings: NamespaceSettings,
    { actor, precondition }: ChangeTerms<Required<NamespaceSettings>>,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [was] = await tx.$queryRaw<Required<NamespaceSettings>[]>`
        SELECT display_name AS "displayName", default_visibility AS "defaultVisibility", creates_on_push AS "createsOnPush"
        FROM namespace WHERE id = ${namespace.id}::uuid FOR UPDATE`;
      if (was) precondition?.(was);
      const difference = was && differenceOf(was, { ...was, ...settings });
      if (!difference) return;
      await tx.namespace.update({ where: { id: namespace.id }, data: difference.after });
      await recordAudit(tx, {
        actor,
        action: 'namespace.update',
        namespaceId: namespace.id,
        target: namespace.name,
        detail: { ...difference },
      });
    });
  }

  async usage(namespaceId: string): Promise<NamespaceUsage> {
    const [row] = await this.database.prepared<NamespaceUsage>('namespace_usage', USAGE, [namespaceId]);
    if (!row) throw new Error('the namespace has no usage row');
    return row;
  }
}

/** A namespace with its owner and its accounting row. */
export async function createNamespace(tx: Db, input: NewNamespace): Promise<void> {
  const { name, displayName, kind, ownerId, limitBytes, actor } = input;
  const id = randomUUID();
  await tx.namespace.create({
    data: {
      id,
      name,
      displayName,
      kind,
      members: { create: { userId: ownerId, role: 'owner' } },
      usage: { create: { limitBytes } },
    },
    select: { id: true },
  });
  await recordAudit(tx, { actor, action: 'namespace.create', namespaceId: id, target: name, detail: { kind } });
}
