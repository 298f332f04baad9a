import { randomUUID } from 'node:crypto';
import type { Statements } from '../statements.js';

export type AccountLinkPurpose = 'verify-address' | 'change-address' | 'reset-password';

/** A link for an account. Only the hash of its secret is kept. */
export interface NewAccountLink {
  readonly id: string;
  readonly userId: string;
  readonly purpose: AccountLinkPurpose;
  /** SHA-256 of the secret. */
  readonly hash: Uint8Array<ArrayBuffer>;
  readonly address: string;
  readonly lifetimeSeconds: number;
}

export interface UsedAccountLink {
  readonly userId: string;
  readonly username: string;
  readonly purpose: AccountLinkPurpose;
  readonly address: string;
}

/** Letters cross on their way: the ones before the newest still work, but nobody fills a mailbox with more. */
const MAX_AN_HOUR = 3;

export function newLinkId(): string {
  return randomUUID();
}

/** False when the account got as many links of this kind in the last hour as it may get; then there is no new one. */
export async function addAccountLink(tx: Statements, link: NewAccountLink): Promise<boolean> {
  const { id, userId, purpose, hash, address, lifetimeSeconds } = link;
  // The account's row is locked, so that requests at the same moment are counted one after another.
  await tx.$queryRaw`SELECT 1 FROM app_user WHERE id = ${userId}::uuid FOR UPDATE`;
  const added = await tx.$executeRaw`
    INSERT INTO account_link (id, user_id, purpose, hash, address, expires_at)
    SELECT ${id}::uuid, ${userId}::uuid, ${purpose}, ${hash}::bytea, ${address},
           now() + make_interval(secs => ${lifetimeSeconds}::float8)
    WHERE (SELECT count(*) FROM account_link
           WHERE user_id = ${userId}::uuid AND purpose = ${purpose}
             AND created_at > now() - interval '1 hour') < ${MAX_AN_HOUR}`;
  return added === 1;
}

/** Uses a link up, in the transaction of what it is for. Undefined when it is none of these, was used, is over, or its account is disabled. */
export async function useAccountLink(
  tx: Statements,
  hash: Uint8Array<ArrayBuffer>,
  purposes: readonly AccountLinkPurpose[],
): Promise<UsedAccountLink | undefined> {
  // The account first, as everywhere: two of its links that are used at the same moment wait for one another.
  await tx.$queryRaw`
    SELECT 1 FROM app_user WHERE id = (SELECT user_id FROM account_link WHERE hash = ${hash}::bytea) FOR UPDATE`;
  const [used] = await tx.$queryRaw<UsedAccountLink[]>`
    DELETE FROM account_link l USING app_user u
    WHERE l.hash = ${hash}::bytea AND l.purpose = ANY (${purposes}::text[]) AND l.expires_at > now()
      AND u.id = l.user_id AND u.disabled_at IS NULL
    RETURNING l.user_id AS "userId", u.username, l.purpose, l.address`;
  return used;
}

/** Ends the links of an account, and takes back those of their letters that were not sent yet. Returns how many. */
export async function endAccountLinks(
  tx: Statements,
  userId: string,
  purposes: readonly AccountLinkPurpose[],
): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM account_link WHERE user_id = ${userId}::uuid AND purpose = ANY (${purposes}::text[])`;
}
