import type { RetentionKeep } from '@stowage/contracts';
import semver from 'semver';

/** What rules look at. */
export interface KeptTag {
  readonly name: string;
  /** When the tag was last pushed: not when its image was made. */
  readonly pushedAt: Date;
  readonly pulledAt: Date | null;
}

interface Kept<Tag> {
  /** The tags that the rule is about: of its scope, those that are what it speaks of. */
  readonly about: readonly Tag[];
  readonly kept: readonly Tag[];
}

const DAY_MS = 86_400_000;

/** Of the tags in a rule's scope: which it is about, and which of these it keeps. The order of the scope says nothing. */
export function keptBy<Tag extends KeptTag>(keep: RetentionKeep, scope: readonly Tag[], now: Date): Kept<Tag> {
  const since = (days: number) => now.getTime() - days * DAY_MS;
  switch (keep.kind) {
    case 'newest-pushed':
      return { about: scope, kept: newest(scope, keep.count, ({ pushedAt }) => pushedAt) };
    case 'pushed-within':
      return { about: scope, kept: scope.filter(({ pushedAt }) => pushedAt.getTime() >= since(keep.days)) };
    case 'newest-pulled':
      return { about: scope, kept: newest(scope.filter(wasPulled), keep.count, ({ pulledAt }) => pulledAt) };
    case 'pulled-within':
      return {
        about: scope,
        kept: scope.filter(({ pulledAt }) => pulledAt !== null && pulledAt.getTime() >= since(keep.days)),
      };
    case 'newest-versions':
      return newestVersions(scope, keep);
    case 'versions-in':
      return versionsIn(scope, keep.range);
    case 'always':
      return { about: scope, kept: scope };
    case 'never':
      return { about: scope, kept: [] };
  }
}

function wasPulled<Tag extends KeptTag>(tag: Tag): tag is Tag & { readonly pulledAt: Date } {
  return tag.pulledAt !== null;
}

/** Of two of the same time, the greater name counts as the newer. */
function newest<Tag extends KeptTag>(tags: readonly Tag[], count: number, timeOf: (tag: Tag) => Date | null): Tag[] {
  const time = (tag: Tag) => timeOf(tag)?.getTime() ?? 0;
  return tags.toSorted((a, b) => time(b) - time(a) || (a.name < b.name ? 1 : -1)).slice(0, count);
}

interface Version<Tag> {
  readonly tag: Tag;
  readonly version: semver.SemVer;
}

/** `1.2.3`, `v1.2.3-rc.1`: what the specification of versions knows, with a “v” before it at most. `1.2` is none. */
function versionsOf<Tag extends KeptTag>(tags: readonly Tag[]): Version<Tag>[] {
  return tags.flatMap((tag) => {
    const version = semver.parse(tag.name);
    return version ? [{ tag, version }] : [];
  });
}

function newestVersions<Tag extends KeptTag>(
  scope: readonly Tag[],
  { count, per }: Extract<RetentionKeep, { kind: 'newest-versions' }>,
): Kept<Tag> {
  const versions = versionsOf(scope);
  const lines = Map.groupBy(versions, ({ version: { major, minor } }) => {
    if (per === 'repository') return '';
    return per === 'major' ? String(major) : `${major}.${minor}`;
  });
  const kept = [...lines.values()].flatMap((line) => line.toSorted(newerFirst).slice(0, count));
  return { about: versions.map(({ tag }) => tag), kept: kept.map(({ tag }) => tag) };
}

/** `v1.0.0` and `1.0.0` are one version and two tags. */
function newerFirst<Tag extends KeptTag>(a: Version<Tag>, b: Version<Tag>): number {
  return semver.compareBuild(b.version, a.version) || (a.tag.name < b.tag.name ? 1 : -1);
}

function versionsIn<Tag extends KeptTag>(scope: readonly Tag[], text: string): Kept<Tag> {
  const versions = versionsOf(scope);
  const range = new semver.Range(text, { includePrerelease: true });
  const kept = versions.filter(({ version }) => range.test(version));
  return { about: versions.map(({ tag }) => tag), kept: kept.map(({ tag }) => tag) };
}

/** False for what `versions-in` would not understand. */
export function isVersionRange(text: string): boolean {
  return semver.validRange(text) !== null;
}
