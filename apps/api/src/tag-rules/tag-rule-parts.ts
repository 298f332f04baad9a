import type { Provider, Type } from '@nestjs/common';
import { type Database, ImmutabilityStore, TagNames } from '@stowage/metadata';
import { ImmutabilityController } from './immutability.controller.js';
import { RepositoryImmutabilityController } from './repository-immutability.controller.js';

/** What the people of a namespace say about which tags stay. */
export const TAG_RULE_CONTROLLERS: Type[] = [ImmutabilityController, RepositoryImmutabilityController];

export function tagRuleProviders(database: Database): Provider[] {
  return [
    { provide: ImmutabilityStore, useValue: new ImmutabilityStore(database) },
    { provide: TagNames, useValue: new TagNames(database) },
  ];
}
