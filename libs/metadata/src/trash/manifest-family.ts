import type { Digest } from '@stowage/oci';

/** A manifest that hangs on one that is to be deleted: it, what it contains, or what refers to it. */
export interface FamilyMember {
  readonly digest: Digest;
  readonly subject: Digest | null;
  readonly isDeleted: boolean;
  readonly tags: readonly string[];
  readonly parents: readonly Digest[];
  readonly hasSubject: boolean;
  readonly trashedUntil: Date | null;
  readonly keptUntil: Date | null;
}

export interface SortedFamily {
  readonly going: readonly FamilyMember[];
  /** Outside of those that go: indexes that need one that was to be deleted. */
  readonly neededBy: readonly Digest[];
  /** Until when the trash or the history of tags keeps one of those that go anyhow. */
  readonly keptUntil: Date | null;
}

/**
 * Which members go, once garbage collection has followed every reference: a member stays while a tag that stays, an index
 * that stays, or a subject that stays needs it. What is to be deleted by itself goes whatever its subject.
 */
export function sortFamily(
  members: readonly FamilyMember[],
  doomed: { readonly manifests: readonly Digest[]; readonly tags: readonly string[] },
): SortedFamily {
  const byDigest = new Map(members.map((member) => [member.digest, member]));
  const roots = new Set(doomed.manifests);
  const leaving = new Set(doomed.tags);
  const staying = new Set<Digest>();
  const isHeld = (member: FamilyMember): boolean => {
    const { digest, tags, parents, subject, hasSubject } = member;
    if (roots.has(digest)) return false;
    const staysThere = (other: Digest) => !byDigest.has(other) || staying.has(other);
    if (tags.some((tag) => !leaving.has(tag)) || parents.some(staysThere)) return true;
    return subject !== null && hasSubject && staysThere(subject);
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (const member of members) {
      if (staying.has(member.digest) || !isHeld(member)) continue;
      staying.add(member.digest);
      changed = true;
    }
  }
  const going = members.filter(({ digest }) => !staying.has(digest));
  const goes = new Set(going.map(({ digest }) => digest));
  const needed = going.filter(({ digest }) => roots.has(digest)).flatMap(({ parents }) => parents);
  const kept = going
    .flatMap(({ trashedUntil, keptUntil }) => [trashedUntil, keptUntil])
    .filter((date) => date !== null);
  return {
    going,
    neededBy: [...new Set(needed)].filter((digest) => !goes.has(digest)),
    keptUntil: kept.reduce<Date | null>((last, date) => (last === null || date > last ? date : last), null),
  };
}
