import type { Usage } from '@stowage/contracts';

export interface UsagePart {
  readonly name: 'stored' | 'trash' | 'unused' | 'reserved';
  readonly label: string;
  readonly bytes: number;
}

/** What the namespace is charged for, in parts that add up to it; those with nothing in them are left out, but the first. */
export function usageParts(usage: Usage): UsagePart[] {
  const { usedBytes, trashBytes, unusedBytes, reservedBytes } = usage;
  const parts: UsagePart[] = [
    { name: 'stored', label: 'In images', bytes: Math.max(0, usedBytes - trashBytes - unusedBytes) },
    { name: 'trash', label: 'In the trash', bytes: trashBytes },
    { name: 'unused', label: 'Waits for garbage collection', bytes: unusedBytes },
    { name: 'reserved', label: 'Set aside for open uploads', bytes: reservedBytes },
  ];
  return parts.filter(({ name, bytes }) => name === 'stored' || bytes > 0);
}

/** How full the namespace is: what the `Warning` of pushes says; undefined below 80 %, and without a limit. */
export function fullness({ usedBytes, reservedBytes, limitBytes }: Usage): 'full' | 90 | 80 | undefined {
  if (limitBytes === null) return undefined;
  const used = usedBytes + reservedBytes;
  if (used >= limitBytes) return 'full';
  if (used >= limitBytes * 0.9) return 90;
  return used >= limitBytes * 0.8 ? 80 : undefined;
}
