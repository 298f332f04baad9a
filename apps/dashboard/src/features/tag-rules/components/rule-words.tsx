import type { TagSelector } from '@stowage/contracts';
import classes from './tag-rules.module.css';
import { selectorWords } from './words';

interface RuleWordsProps<Rule> {
  readonly rules: readonly Rule[];
  readonly label: string;
  /** What a rule says about its tags. */
  readonly then?: (rule: Rule) => string;
}

/** Rules for those who read them. */
export function RuleWords<Rule extends TagSelector & { readonly repositories?: readonly string[] }>(
  props: RuleWordsProps<Rule>,
) {
  const { rules, label, then } = props;
  return (
    <ol className={classes.words} aria-label={label}>
      {rules.map((rule, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rules have no identity but their place
        <li key={at}>
          <span className={classes.dimmed}>{at + 1}.</span> Of <strong>{selectorWords(rule)}</strong>
          {then ? `: keeps ${then(rule)}` : ': none is moved or deleted'}
        </li>
      ))}
    </ol>
  );
}
