import { ActionIcon, Input, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { SelectorDraft } from './drafts';
import classes from './tag-rules.module.css';

interface SelectorFieldsProps<Draft extends SelectorDraft> {
  /** From 1. */
  readonly place: number;
  readonly draft: Draft;
  readonly problem: string | undefined;
  /** A repository's own rules are about itself. */
  readonly hasRepositories: boolean;
  readonly onChange: (draft: Draft) => void;
  readonly onRemove: () => void;
  readonly children?: ReactNode;
}

/** One rule while it is being written. */
export function SelectorFields<Draft extends SelectorDraft>(props: SelectorFieldsProps<Draft>) {
  const { place, draft, problem, hasRepositories, onChange, onRemove, children } = props;
  const field = (name: 'tags' | 'except' | 'repositories', words: { label: string; placeholder: string }) => (
    <TextInput
      className={classes.mono ?? ''}
      label={words.label}
      aria-label={`${words.label}, rule ${place}`}
      placeholder={words.placeholder}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      value={draft[name]}
      onChange={(event) => onChange({ ...draft, [name]: event.currentTarget.value })}
    />
  );
  return (
    <fieldset className={classes.rule} aria-label={`Rule ${place}`}>
      <div className={classes.ruleHead}>
        <span>Rule {place}</span>
        <ActionIcon variant="subtle" color="gray" aria-label={`Remove rule ${place}`} title="Remove" onClick={onRemove}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      {field('tags', { label: 'Tags', placeholder: 'v*, release-*' })}
      {field('except', { label: 'Except', placeholder: 'latest, edge' })}
      {hasRepositories ? (
        <div className={classes.whole}>
          {field('repositories', { label: 'Repositories', placeholder: 'all of them, or app/**, tools' })}
        </div>
      ) : null}
      {children}
      {problem ? (
        <Input.Error role="alert" className={classes.whole ?? ''}>
          {problem}
        </Input.Error>
      ) : null}
    </fieldset>
  );
}
