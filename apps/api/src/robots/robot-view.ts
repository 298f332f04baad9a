import type { Robot, RobotSecret } from '@stowage/contracts';
import type { RobotRecord, RobotSecretRecord } from '@stowage/metadata';

export function toRobot(record: RobotRecord): Robot {
  const { name, login, description, grants, lastUsedAddress } = record;
  return {
    name,
    login,
    description,
    grants: [...grants],
    disabledAt: record.disabledAt?.toISOString() ?? null,
    expiresAt: record.expiresAt?.toISOString() ?? null,
    createdAt: record.createdAt.toISOString(),
    lastUsedAt: record.lastUsedAt?.toISOString() ?? null,
    lastUsedAddress,
    secrets: record.secrets.map(toRobotSecret),
  };
}

export function toRobotSecret({ id, hint, createdAt, lastUsedAt, lastUsedAddress }: RobotSecretRecord): RobotSecret {
  return {
    id,
    hint,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    lastUsedAddress,
  };
}
