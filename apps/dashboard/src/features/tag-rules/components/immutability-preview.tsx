import type { ImmutabilityRule } from '@stowage/contracts';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { itemsOf } from '../../../lib/api/keyset-query';
import { immutabilityPreviewQuery } from '../api/immutability';
import type { RulesOwner } from '../api/owner';
import { PreviewBox } from './preview-box';
import classes from './tag-rules.module.css';
import { useSettled } from './use-settled';

interface ImmutabilityPreviewProps {
  readonly owner: RulesOwner;
  readonly rules: readonly ImmutabilityRule[];
  readonly isValid: boolean;
}

export function ImmutabilityPreview({ owner, rules, isValid }: ImmutabilityPreviewProps) {
  const text = useSettled(JSON.stringify(rules), isValid);
  const settled = JSON.parse(text) as ImmutabilityRule[];
  const query = useInfiniteQuery({
    ...immutabilityPreviewQuery(owner, settled),
    placeholderData: keepPreviousData,
  });
  const [first] = query.data?.pages ?? [];
  const held = itemsOf(query.data);
  return (
    <PreviewBox
      query={query}
      shown={held.length}
      isInvalid={!isValid}
      figures={
        first ? (
          <p className={classes.figures}>
            <span>
              <strong>{first.heldTags.toLocaleString('en')}</strong> of {first.tags.toLocaleString('en')} tags held
            </span>
            {first.isComplete ? null : <span className={classes.dimmed}>the first of the namespace</span>}
          </p>
        ) : null
      }
    >
      {held.length === 0 ? (
        <p className={classes.reason}>Every tag may be moved and deleted.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached by keyboard
        <ul className={classes.tags} aria-label="Tags that would be held" tabIndex={0}>
          {held.map(({ repository, tag, rule }) => (
            <li key={`${repository}:${tag}`} className={classes.tag}>
              <span className={classes.name}>
                {owner.repository === null ? `${repository}:` : ''}
                {tag}
              </span>
              <span className={classes.dimmed}>Rule {rule + 1}</span>
            </li>
          ))}
        </ul>
      )}
    </PreviewBox>
  );
}
