import { Button, Input, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useId } from 'react';
import { MAX_GRANTS } from '@stowage/contracts';
import { FIRST_DRAFT, type GrantDraft, problemsOf } from './grant-drafts';
import { GrantRow } from './grant-row';
import classes from './grants.module.css';

interface GrantsEditorProps {
  readonly namespace: string;
  readonly value: readonly GrantDraft[];
  readonly onChange: (drafts: GrantDraft[]) => void;
  readonly label?: string;
  readonly description?: string;
  /** What the form or the API says; the rows then show what is wrong with each. */
  readonly error?: string | undefined;
  /** Names in the namespace, to choose from; any other may be written. */
  readonly repositories?: readonly string[];
}

/** Which repositories of a namespace, and what may be done there: for users, robots and trust rules. */
export function GrantsEditor(props: GrantsEditorProps) {
  const { namespace, value, onChange, label = 'Rights', description, error, repositories = [] } = props;
  const suggestions = useId();
  const problems = error === undefined ? [] : problemsOf(namespace, value);
  const replace = (index: number, draft: GrantDraft) => onChange(value.map((old, at) => (at === index ? draft : old)));
  const remove = (index: number) => onChange(value.filter((_, at) => at !== index));
  return (
    <fieldset className={classes.editor}>
      <legend className={classes.legend}>{label}</legend>
      {description ? (
        <Text fz="sm" c="dimmed">
          {description}
        </Text>
      ) : null}
      <Stack gap="xs" mt={8}>
        {value.map((draft, index) => (
          <GrantRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a row has no other identity while it is written
            key={index}
            namespace={namespace}
            place={index + 1}
            draft={draft}
            problem={problems[index]}
            suggestions={suggestions}
            onChange={(next) => replace(index, next)}
            onRemove={() => remove(index)}
          />
        ))}
        <datalist id={suggestions}>
          <option value="*">Every repository</option>
          {repositories.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        {error ? <Input.Error role="alert">{error}</Input.Error> : null}
        <div>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlus size={14} />}
            disabled={value.length >= MAX_GRANTS}
            onClick={() => onChange([...value, value.length === 0 ? FIRST_DRAFT : { path: '', actions: ['pull'] }])}
          >
            Add repositories
          </Button>
        </div>
      </Stack>
    </fieldset>
  );
}
