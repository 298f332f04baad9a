import type { ImmutabilityRule } from '@stowage/contracts';
import { type NamedTag, type TagFilter, tagFilter } from './selector.js';

/**
 * The name that the referrers tag schema (distribution-spec) or cosign gives to a list of what refers to an image: it grows
 * with every signature, so no rule is about it.
 */
export const LIST_OF_REFERRERS = /^sha(256|512)-[0-9a-f]{64,128}(\.[a-z]+)?$/;

/** The rules of a repository, ready to be asked about many tags. */
export class ImmutabilityRules {
  readonly #filters: readonly TagFilter[];

  constructor(private readonly rules: readonly ImmutabilityRule[]) {
    this.#filters = rules.map(tagFilter);
  }

  /** The position of the first rule that holds the tag at its digest; -1 when it may be moved and deleted. */
  indexFor(named: NamedTag): number {
    if (LIST_OF_REFERRERS.test(named.tag)) return -1;
    return this.#filters.findIndex((holds) => holds(named));
  }

  ruleFor(named: NamedTag): ImmutabilityRule | undefined {
    return this.rules[this.indexFor(named)];
  }
}
