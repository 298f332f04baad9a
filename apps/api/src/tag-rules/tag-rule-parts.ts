import type { Provider, Type } from '@nestjs/common';
import {
  type Database,
  ImmutabilityStore,
  RetainedRepositories,
  RetentionEffect,
  RetentionJudgement,
  RetentionPolicyStore,
  RetentionResults,
  RetentionSchedule,
  TagNames,
} from '@stowage/metadata';
import { ImmutabilityController } from './immutability.controller.js';
import { RepositoryImmutabilityController } from './repository-immutability.controller.js';
import { RepositoryRetentionController } from './repository-retention.controller.js';
import { RetentionController } from './retention.controller.js';
import { RetentionPolicies } from './retention-policies.js';
import { RetentionPreviews } from './retention-preview.js';
import { RetentionResultController } from './retention-result.controller.js';

/** What the people of a namespace say about which tags stay. */
export const TAG_RULE_CONTROLLERS: Type[] = [
  ImmutabilityController,
  RepositoryImmutabilityController,
  RetentionController,
  RepositoryRetentionController,
  RetentionResultController,
];

export function tagRuleProviders(database: Database): Provider[] {
  const policies = new RetentionPolicies(new RetentionPolicyStore(database), new RetentionSchedule(database));
  const previews = new RetentionPreviews(new RetentionJudgement(database), new RetentionEffect(database));
  return [
    { provide: ImmutabilityStore, useValue: new ImmutabilityStore(database) },
    { provide: TagNames, useValue: new TagNames(database) },
    { provide: RetentionPolicies, useValue: policies },
    { provide: RetentionPreviews, useValue: previews },
    { provide: RetainedRepositories, useValue: new RetainedRepositories(database) },
    { provide: RetentionResults, useValue: new RetentionResults(database) },
  ];
}
