import type { JudgedTag, RetentionKeep, RetentionResult, TagSelector } from '@stowage/contracts';
import { fromGlobs } from './globs';

type Selector = TagSelector & { readonly repositories?: readonly string[] };

/** Which tags a rule is about. */
export function selectorWords({ tags, except, repositories = ['**'] }: Selector): string {
  const what = tags.length === 1 && tags[0] === '*' ? 'all tags' : `tags ${fromGlobs(tags)}`;
  const unless = except.length > 0 ? ` except ${fromGlobs(except)}` : '';
  const where = repositories.includes('**') ? '' : ` in ${fromGlobs(repositories)}`;
  return what + unless + where;
}

const PER = { repository: '', major: ' of each major version', minor: ' of each minor version' } as const;

/** What a rule keeps of them. */
export function keepWords(keep: RetentionKeep): string {
  switch (keep.kind) {
    case 'newest-pushed':
      return `the ${keep.count} pushed last`;
    case 'newest-pulled':
      return `the ${keep.count} pulled last`;
    case 'pushed-within':
      return `what was pushed in the last ${days(keep.days)}`;
    case 'pulled-within':
      return `what was pulled in the last ${days(keep.days)}`;
    case 'newest-versions':
      return `the ${keep.count} newest versions${PER[keep.per]}`;
    case 'versions-in':
      return `versions ${keep.range}`;
    case 'always':
      return 'all of them';
    case 'never':
      return 'none of them';
  }
}

export function days(count: number): string {
  return count === 1 ? 'day' : `${count} days`;
}

export const KEEP_KINDS: readonly { readonly value: RetentionKeep['kind']; readonly label: string }[] = [
  { value: 'newest-pushed', label: 'the newest, by push' },
  { value: 'pushed-within', label: 'pushed in the last days' },
  { value: 'newest-pulled', label: 'the last pulled' },
  { value: 'pulled-within', label: 'pulled in the last days' },
  { value: 'newest-versions', label: 'the newest versions' },
  { value: 'versions-in', label: 'versions in a range' },
  { value: 'always', label: 'all of them' },
  { value: 'never', label: 'none of them' },
];

/** What a kind begins with when somebody chooses it. */
export function keepOf(kind: RetentionKeep['kind']): RetentionKeep {
  switch (kind) {
    case 'newest-pushed':
    case 'newest-pulled':
      return { kind, count: 10 };
    case 'pushed-within':
    case 'pulled-within':
      return { kind, days: 30 };
    case 'newest-versions':
      return { kind, count: 3, per: 'minor' };
    case 'versions-in':
      return { kind, range: '>=1.0.0' };
    case 'always':
    case 'never':
      return { kind };
  }
}

const GUARDS = {
  immutable: 'It is immutable',
  latest: 'latest is never deleted',
  'in-index': 'An index names its image',
  pulled: 'It was pulled lately',
} as const;

/** Why a tag stays or goes. */
export function decisionWords({ decision, verdict }: Pick<JudgedTag, 'decision' | 'verdict'>): string {
  if (decision.by === 'guard') return GUARDS[decision.guard];
  if (decision.by === 'no-rule') return 'No rule is about it';
  const rule = `Rule ${decision.rule + 1}`;
  return verdict === 'keep' ? `${rule} keeps it` : `${rule} lets it go`;
}

const OUTCOMES: Record<RetentionResult['outcome'], string> = {
  deleted: 'Deleted',
  changed: 'Kept: pushed again meanwhile',
  immutable: 'Kept: immutable by then',
  latest: 'Kept: latest is never deleted',
  'in-index': 'Kept: in an index by then',
  pulled: 'Kept: pulled meanwhile',
};

export function outcomeWords({ outcome }: Pick<RetentionResult, 'outcome'>): string {
  return OUTCOMES[outcome];
}
