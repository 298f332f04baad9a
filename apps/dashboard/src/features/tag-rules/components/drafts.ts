import {
  type ImmutabilityRule,
  type RetentionKeep,
  type RetentionPolicy,
  type RetentionRule,
  type TagSelector,
  type retentionPolicySchema,
  type setImmutabilitySchema,
} from '@stowage/contracts';
import { fromGlobs, toGlobs } from './globs';

/** The selectors of a rule as they are being typed. */
export interface SelectorDraft {
  /** Tells rows apart while they come and go. */
  readonly id: number;
  readonly tags: string;
  readonly except: string;
  readonly repositories: string;
}

export interface RetentionDraft extends SelectorDraft {
  readonly keep: RetentionKeep;
}

export interface PolicyDraft extends Omit<RetentionPolicy, 'rules' | 'schedule'> {
  readonly rules: readonly RetentionDraft[];
  readonly schedule: string;
}

let lastId = 0;
export function newDraft(rule: TagSelector & { readonly repositories?: readonly string[] }): SelectorDraft {
  lastId += 1;
  const { tags, except, repositories = ['**'] } = rule;
  return {
    id: lastId,
    tags: fromGlobs(tags),
    except: fromGlobs(except),
    repositories: repositories.includes('**') ? '' : fromGlobs(repositories),
  };
}

/** No repositories are all of them. */
export function toRule({ tags, except, repositories }: SelectorDraft): ImmutabilityRule {
  const paths = toGlobs(repositories);
  return { tags: toGlobs(tags), except: toGlobs(except), repositories: paths.length > 0 ? paths : ['**'] };
}

export function newRetentionDraft(rule: RetentionRule): RetentionDraft {
  return { ...newDraft(rule), keep: rule.keep };
}

export const NO_POLICY: PolicyDraft = {
  rules: [],
  guards: { latest: true, inIndex: true, pulledWithinDays: null },
  schedule: '',
};

export function newPolicyDraft(policy: RetentionPolicy | null): PolicyDraft {
  if (!policy) return NO_POLICY;
  return { ...policy, rules: policy.rules.map(newRetentionDraft), schedule: policy.schedule ?? '' };
}

export function toPolicy({ rules, guards, schedule }: PolicyDraft): RetentionPolicy {
  return {
    rules: rules.map((draft) => ({ ...toRule(draft), keep: draft.keep })),
    guards,
    schedule: schedule.trim() || null,
  };
}

/** What is wrong with each rule, by its position. */
export function problemsOf(
  schema: typeof retentionPolicySchema | typeof setImmutabilitySchema,
  value: object,
): ReadonlyMap<number, string> {
  const problems = new Map<number, string>();
  for (const { path, message } of schema.safeParse(value).error?.issues ?? []) {
    const [field, at] = path;
    if (field === 'rules' && typeof at === 'number' && !problems.has(at)) problems.set(at, message);
  }
  return problems;
}
