import { randomUUID } from 'node:crypto';
import type { NamespaceName } from '@stowage/oci';
import { userActor } from '../actor.js';
import { recordAudit } from '../audit.js';
import { AlreadyExistsError } from '../database-errors.js';
import type { Database, Db } from '../database.js';
import { type QueuedMail, queueMail } from '../mail/mail-queue.js';
import { heldUntil } from '../tenancy/namespace-names.js';
import { createNamespace } from '../tenancy/namespace-store.js';
import { admitByCode } from './sign-up-invitation-store.js';
import { addAccountLink, type NewAccountLink } from './account-link.js';
import { addExternalIdentity, type NewExternalIdentity } from './external-identity-store.js';

export interface UserRecord {
  readonly id: string;
  readonly username: string;
  readonly email: string;
  readonly isAdmin: boolean;
  readonly createdAt: Date;
}

/** A user with what a sign-in has to check. */
export interface UserCredentials extends UserRecord {
  readonly passwordHash: string;
  readonly isDisabled: boolean;
}

export interface NewUser {
  readonly username: NamespaceName;
  readonly email: string;
  readonly passwordHash: string;
  readonly isAdmin: boolean;
  /** Storage limit of the personal namespace. */
  readonly limitBytes: number;
  readonly address: string | null;
  /** The version of the terms that the user has agreed to; null where there are none. */
  readonly acceptedTerms?: string | null;
}

/** The link that proves a new user's address, and the letter to it. */
export interface Welcome {
  readonly link: NewAccountLink;
  readonly letter: QueuedMail;
}

export interface NewUserExtras {
  readonly welcome?: (user: UserRecord) => Welcome;
  /** SHA-256 of the code that has to let the user in. */
  readonly invitation?: Uint8Array<ArrayBuffer> | undefined;
}

/** Somebody else has a new user's name already. Addresses are nobody's until they are proven. */
export class NameTakenError extends Error {
  override name = 'NameTakenError';
  /** Set for the name of somebody who is gone: nobody gets it before. */
  readonly heldUntil: Date | null;
  constructor(options?: ErrorOptions & { readonly heldUntil?: Date | null }) {
    super('the username is taken', options);
    this.heldUntil = options?.heldUntil ?? null;
  }
}

const CREDENTIALS = `
  SELECT id, username, email, is_admin AS "isAdmin", created_at AS "createdAt", password_hash AS "passwordHash",
         disabled_at IS NOT NULL AS "isDisabled" FROM app_user`;

export class UserStore {
  constructor(private readonly database: Database) {}

  async findById(id: string): Promise<UserRecord | undefined> {
    const [row] = await this.database.prepared<UserCredentials>(
      'user_find_by_id',
      `${CREDENTIALS} WHERE id = $1 AND disabled_at IS NULL`,
      [id],
    );
    return row && withoutSecrets(row);
  }

  /** By username, or by e-mail address in any case: whose address it is goes before who only says so, then the oldest. */
  async findByLogin(login: string): Promise<UserCredentials | undefined> {
    const [row] = await this.database.prepared<UserCredentials>(
      'user_find_by_login',
      `${CREDENTIALS} WHERE username = lower($1) OR lower(email) = lower($1)
       ORDER BY username = lower($1) DESC, email_verified_at IS NULL, created_at LIMIT 1`,
      [login],
    );
    return row;
  }

  async hasAdministrator(): Promise<boolean> {
    return this.database.run(async (db) => (await db.user.findFirst({ where: { isAdmin: true } })) !== null);
  }

  /**
   * The user, the personal namespace of the same name, what `extras` ask for, and the audit rows. Throws `NameTakenError`,
   * and `NotInvitedError`.
   */
  async create(input: NewUser, extras?: NewUserExtras): Promise<UserRecord> {
    try {
      return await this.database.transaction((tx) => createUser(tx, input, extras));
    } catch (error) {
      throw await nameTaken(this.database, input, error);
    }
  }

  /**
   * Somebody whom a provider has signed in, and whose address it has verified; there is no password that anybody knows.
   * Throws `NameTakenError`, `NotInvitedError`, and `AlreadyExistsError` for an identity or a proven address that is
   * somebody's.
   */
  async createFor(
    identity: NewExternalIdentity,
    input: NewUser,
    invitation?: NewUserExtras['invitation'],
  ): Promise<UserRecord> {
    try {
      return await this.database.transaction(async (tx) => {
        const user = await createUser(tx, input, { invitation });
        await tx.user.update({ where: { id: user.id }, data: { emailVerifiedAt: new Date() }, select: { id: true } });
        await addExternalIdentity(tx, { userId: user.id, ...identity }, userActor(user, { address: input.address }));
        return user;
      });
    } catch (error) {
      if (error instanceof AlreadyExistsError && /identity|email/.test(error.index)) throw error;
      throw await nameTaken(this.database, input, error);
    }
  }
}

/** `NameTakenError` for the refusal of a unique index; any other error as it was. */
export async function nameTaken(database: Database, { username }: NewUser, error: unknown): Promise<unknown> {
  if (!(error instanceof AlreadyExistsError)) return error;
  return new NameTakenError({ cause: error, heldUntil: await heldUntil(database, username) });
}

export async function createUser(
  tx: Db,
  input: NewUser,
  { welcome, invitation }: NewUserExtras = {},
): Promise<UserRecord> {
  const { username, email, passwordHash, isAdmin, limitBytes, address, acceptedTerms = null } = input;
  const id = randomUUID();
  const user = await tx.user.create({ data: { id, username, email, passwordHash, isAdmin } });
  const actor = userActor({ id, username }, { address });
  const admitted = invitation
    ? await admitByCode(tx, { hash: invitation, user: { id, username, email }, actor })
    : null;
  if (acceptedTerms !== null) await tx.termsAcceptance.create({ data: { userId: id, version: acceptedTerms } });
  const detail = {
    isAdmin,
    ...(admitted === null ? {} : { invitation: admitted }),
    ...(acceptedTerms === null ? {} : { acceptedTerms }),
  };
  await recordAudit(tx, { actor, action: 'user.create', namespaceId: null, target: username, detail });
  await createNamespace(tx, {
    name: username,
    displayName: username,
    kind: 'personal',
    ownerId: id,
    limitBytes,
    actor,
  });
  const made = { id, username, email, isAdmin, createdAt: user.createdAt };
  if (welcome) await send(tx, welcome(made));
  return made;
}

async function send(tx: Db, { link, letter }: Welcome): Promise<void> {
  await addAccountLink(tx, link);
  await queueMail(tx, letter);
}

function withoutSecrets(row: UserCredentials): UserRecord {
  const { id, username, email, isAdmin, createdAt } = row;
  return { id, username, email, isAdmin, createdAt };
}
