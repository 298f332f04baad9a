import type { Namespace } from '@stowage/contracts';
import type { NamespaceRecord } from '@stowage/metadata';

export function toNamespace(record: NamespaceRecord): Namespace {
  const { id: _, createdAt, ...shown } = record;
  return { ...shown, createdAt: createdAt.toISOString() };
}
