import type { Passkey } from '@stowage/contracts';
import type { PasskeyRecord } from '@stowage/metadata';

export function toPasskey({ id, name, isSynced, createdAt, lastUsedAt }: PasskeyRecord): Passkey {
  return {
    id,
    name,
    isSynced,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}
