import { Alert, Button, Group, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type ImmutabilityRule, setImmutabilitySchema } from '@stowage/contracts';
import { useState } from 'react';
import { messageOf } from '../../../lib/api/api-error';
import { notify } from '../../../lib/notify';
import { useSetImmutability } from '../api/immutability';
import type { RulesOwner } from '../api/owner';
import { newDraft, problemsOf, toRule } from './drafts';
import { ImmutabilityPreview } from './immutability-preview';
import { SelectorFields } from './selector-fields';
import classes from './tag-rules.module.css';

interface ImmutabilityFormProps {
  readonly owner: RulesOwner;
  readonly rules: readonly ImmutabilityRule[];
  /** They are those of the namespace, and may become the repository's own as they are. */
  readonly areInherited?: boolean;
}

const FIRST = { tags: ['v*'], except: [], repositories: ['**'] };

export function ImmutabilityForm({ owner, rules, areInherited = false }: ImmutabilityFormProps) {
  const save = useSetImmutability(owner);
  const [drafts, setDrafts] = useState(() => rules.map(newDraft));
  const [isTried, setIsTried] = useState(false);
  const value = drafts.map(toRule);
  const problems = problemsOf(setImmutabilitySchema, { rules: value });
  const isDirty = JSON.stringify(value) !== JSON.stringify(rules.map(newDraft).map(toRule));
  const submit = () => {
    setIsTried(true);
    if (problems.size === 0)
      save.mutate(value, { onSuccess: () => notify({ message: 'Rules saved. They hold from now on.' }) });
  };
  return (
    <form
      noValidate
      aria-label="Immutable tags"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className={classes.editor}>
        <div className={classes.rules}>
          {drafts.length === 0 ? (
            <Text fz="sm" c="dimmed">
              No rule: every tag may be pushed again with another image.
            </Text>
          ) : null}
          {drafts.map((draft, at) => (
            <SelectorFields
              key={draft.id}
              place={at + 1}
              draft={draft}
              problem={isTried || draft.tags !== '' ? problems.get(at) : undefined}
              hasRepositories={owner.repository === null}
              onChange={(next) => setDrafts(drafts.map((old) => (old.id === draft.id ? next : old)))}
              onRemove={() => setDrafts(drafts.filter(({ id }) => id !== draft.id))}
            />
          ))}
          {save.isError ? (
            <Alert color="red" role="alert">
              {messageOf(save.error)}
            </Alert>
          ) : null}
          <Group gap="xs">
            <Button
              variant="default"
              leftSection={<IconPlus size={14} />}
              onClick={() => setDrafts([...drafts, newDraft(drafts.length === 0 ? FIRST : { tags: [], except: [] })])}
            >
              Add rule
            </Button>
            <Button type="submit" loading={save.isPending} disabled={!isDirty && !areInherited}>
              Save rules
            </Button>
          </Group>
        </div>
        <ImmutabilityPreview owner={owner} rules={value} isValid={problems.size === 0} />
      </div>
    </form>
  );
}
