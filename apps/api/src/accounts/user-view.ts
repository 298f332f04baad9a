import type { User } from '@stowage/contracts';
import type { UserRecord } from '@stowage/metadata';

export function toUser({ id, username, email, isAdmin, createdAt }: UserRecord): User {
  return { id, username, email, isAdmin, createdAt: createdAt.toISOString() };
}
