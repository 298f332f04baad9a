import type { ReadOnlyMode, ReadOnlyModeList } from '@stowage/contracts';
import type { ReadOnlyRecord } from '@stowage/metadata';

export function toReadOnlyMode({ since, ...mode }: ReadOnlyRecord): ReadOnlyMode {
  return { ...mode, since: since.toISOString() };
}

export function toReadOnlyModes(modes: readonly ReadOnlyRecord[]): ReadOnlyModeList {
  return { items: modes.map(toReadOnlyMode), nextCursor: null };
}
