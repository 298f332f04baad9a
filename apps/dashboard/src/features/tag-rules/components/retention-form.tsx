import { Alert, Button, Group, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type RetentionPolicy, retentionPolicySchema } from '@stowage/contracts';
import { useState } from 'react';
import { messageOf } from '../../../lib/api/api-error';
import { notify } from '../../../lib/notify';
import type { RulesOwner } from '../api/owner';
import { useSetRetention } from '../api/retention';
import { newPolicyDraft, newRetentionDraft, problemsOf, toPolicy } from './drafts';
import { GuardFields } from './guard-fields';
import { KeepFields } from './keep-fields';
import { RetentionPreview } from './retention-preview';
import { SelectorFields } from './selector-fields';
import classes from './tag-rules.module.css';
import { keepOf } from './words';

interface RetentionFormProps {
  readonly owner: RulesOwner;
  readonly policy: RetentionPolicy | null;
  /** It is that of the namespace, and may become the repository's own as it is. */
  readonly isInherited?: boolean;
}

export function RetentionForm({ owner, policy, isInherited = false }: RetentionFormProps) {
  const save = useSetRetention(owner);
  const [draft, setDraft] = useState(() => newPolicyDraft(policy));
  const value = toPolicy(draft);
  const problems = problemsOf(retentionPolicySchema, value);
  const isDirty = JSON.stringify(value) !== JSON.stringify(toPolicy(newPolicyDraft(policy)));
  const { rules } = draft;
  const submit = () => {
    if (problems.size === 0) save.mutate(value, { onSuccess: () => notify({ message: 'Policy saved.' }) });
  };
  return (
    <form
      noValidate
      aria-label="Retention"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className={classes.editor}>
        <div className={classes.rules}>
          {rules.length === 0 ? (
            <Text fz="sm" c="dimmed">
              No rule: no tag is ever deleted.
            </Text>
          ) : null}
          {rules.map((rule, at) => (
            <SelectorFields
              key={rule.id}
              place={at + 1}
              draft={rule}
              problem={rule.tags === '' ? undefined : problems.get(at)}
              hasRepositories={owner.repository === null}
              onChange={(next) => setDraft({ ...draft, rules: rules.map((old) => (old.id === rule.id ? next : old)) })}
              onRemove={() => setDraft({ ...draft, rules: rules.filter(({ id }) => id !== rule.id) })}
            >
              <KeepFields
                place={at + 1}
                keep={rule.keep}
                onChange={(keep) =>
                  setDraft({ ...draft, rules: rules.map((old) => (old.id === rule.id ? { ...old, keep } : old)) })
                }
              />
            </SelectorFields>
          ))}
          <div>
            <Button
              variant="default"
              leftSection={<IconPlus size={14} />}
              onClick={() => {
                const added = { tags: ['*'], except: [], repositories: ['**'], keep: keepOf('newest-pushed') };
                setDraft({ ...draft, rules: [...rules, newRetentionDraft(added)] });
              }}
            >
              Add rule
            </Button>
          </div>
          <GuardFields guards={draft.guards} onChange={(guards) => setDraft({ ...draft, guards })} />
          <TextInput
            className={classes.mono ?? ''}
            label="Schedule"
            description="Minute, hour, day, month and weekday, in UTC, such as 0 3 * * *. Empty: only when somebody runs it."
            placeholder="0 3 * * *"
            autoComplete="off"
            spellCheck={false}
            value={draft.schedule}
            onChange={(event) => setDraft({ ...draft, schedule: event.currentTarget.value })}
          />
          {save.isError ? (
            <Alert color="red" role="alert">
              {messageOf(save.error)}
            </Alert>
          ) : null}
          <Group gap="xs">
            <Button type="submit" loading={save.isPending} disabled={(!isDirty && !isInherited) || problems.size > 0}>
              Save policy
            </Button>
          </Group>
        </div>
        <RetentionPreview owner={owner} policy={value} isValid={problems.size === 0} />
      </div>
    </form>
  );
}
