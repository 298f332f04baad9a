import { ActionIcon, Button, Input, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useId } from 'react';
import type { ClaimDraft } from './presets';
import classes from './trust-rules.module.css';

interface ClaimFieldsProps {
  readonly value: readonly ClaimDraft[];
  readonly known: readonly string[];
  readonly hint: string;
  readonly error?: string | undefined;
  readonly onChange: (claims: ClaimDraft[]) => void;
}

/** What the token of a job has to say: one row for each claim. */
export function ClaimFields({ value, known, hint, error, onChange }: ClaimFieldsProps) {
  const suggestions = useId();
  const replace = (index: number, draft: ClaimDraft) => onChange(value.map((old, at) => (at === index ? draft : old)));
  return (
    <fieldset className={classes.fieldset}>
      <legend className={classes.legend}>Only jobs with</legend>
      <Text fz="sm" c="dimmed">
        Exactly this value; a * stands for any characters. {hint}
      </Text>
      <Stack gap="xs" mt={8}>
        {value.map(({ claim, pattern }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row has no other identity while it is written
          <div key={index} className={classes.claim}>
            <TextInput
              aria-label={`Claim ${index + 1}`}
              placeholder="claim"
              list={suggestions}
              value={claim}
              onChange={(event) => replace(index, { claim: event.currentTarget.value, pattern })}
            />
            <TextInput
              aria-label={`Value of ${claim || `claim ${index + 1}`}`}
              placeholder={placeholderOf(claim)}
              value={pattern}
              onChange={(event) => replace(index, { claim, pattern: event.currentTarget.value })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={`Remove ${claim || `claim ${index + 1}`}`}
              disabled={value.length === 1}
              onClick={() => onChange(value.filter((_, at) => at !== index))}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </div>
        ))}
        <datalist id={suggestions}>
          {known.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        {error ? <Input.Error role="alert">{error}</Input.Error> : null}
        <div>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlus size={14} />}
            disabled={value.length >= 20}
            onClick={() => onChange([...value, { claim: '', pattern: '' }])}
          >
            Add a claim
          </Button>
        </div>
      </Stack>
    </fieldset>
  );
}

function placeholderOf(claim: string): string {
  if (claim === 'repository') return 'owner/name';
  if (claim === 'project_path') return 'group/name';
  return claim === 'ref' ? 'refs/heads/main' : 'value or pattern';
}
