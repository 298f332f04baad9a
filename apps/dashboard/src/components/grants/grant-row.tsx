import { ActionIcon, Checkbox, Input, TextInput } from '@mantine/core';
import { GRANT_ACTIONS, type GrantAction } from '@stowage/contracts';
import { IconX } from '@tabler/icons-react';
import type { GrantDraft } from './grant-drafts';
import classes from './grants.module.css';

const LABELS: Record<GrantAction, string> = { pull: 'Pull', push: 'Push', delete: 'Delete' };

interface GrantRowProps {
  readonly namespace: string;
  /** From 1, to tell rows apart where they are not seen. */
  readonly place: number;
  readonly draft: GrantDraft;
  readonly problem: string | undefined;
  /** Id of the `datalist`. */
  readonly suggestions: string;
  readonly onChange: (draft: GrantDraft) => void;
  readonly onRemove: () => void;
}

export function GrantRow({ namespace, place, draft, problem, suggestions, onChange, onRemove }: GrantRowProps) {
  const { path, actions } = draft;
  const toggle = (action: GrantAction, isOn: boolean) =>
    onChange({ path, actions: isOn ? [...actions, action] : actions.filter((other) => other !== action) });
  return (
    <fieldset className={classes.row} aria-label={`Rights ${place}`}>
      <div className={classes.path}>
        <span className={classes.prefix} title={`${namespace}/`}>
          {namespace}/
        </span>
        <TextInput
          className={classes.field ?? ''}
          aria-label={`Repositories ${place}`}
          placeholder="app, team/* or *"
          list={suggestions}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={path}
          error={problem !== undefined}
          onChange={(event) => onChange({ path: event.currentTarget.value, actions })}
        />
      </div>
      <div className={classes.actions}>
        {GRANT_ACTIONS.map((action) => (
          <Checkbox
            key={action}
            label={LABELS[action]}
            checked={actions.includes(action)}
            onChange={(event) => toggle(action, event.currentTarget.checked)}
          />
        ))}
      </div>
      <ActionIcon
        className={classes.remove ?? ''}
        variant="subtle"
        color="gray"
        aria-label={`Remove rights ${place}`}
        title="Remove"
        onClick={onRemove}
      >
        <IconX size={16} />
      </ActionIcon>
      {problem ? <Input.Error className={classes.problem ?? ''}>{problem}</Input.Error> : null}
    </fieldset>
  );
}
