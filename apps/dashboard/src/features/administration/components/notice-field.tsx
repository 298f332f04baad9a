import { Radio, Stack, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { NoticeDraft, NoticeKind } from './notice-values';

interface NoticeFieldProps {
  readonly label: string;
  readonly value: NoticeDraft;
  readonly onChange: (value: NoticeDraft) => void;
  readonly error?: ReactNode;
  /** What else there is to say of a notice that is there. */
  readonly children?: ReactNode;
}

const KINDS: readonly { readonly value: NoticeKind; readonly label: string }[] = [
  { value: 'none', label: 'None' },
  { value: 'link', label: 'A page elsewhere' },
  { value: 'text', label: 'A text that is kept here' },
];

/** A notice: nothing, a link, or a text of plain paragraphs. */
export function NoticeField({ label, value, onChange, error, children }: NoticeFieldProps) {
  return (
    <Stack gap="sm">
      <Radio.Group
        label={label}
        value={value.kind}
        onChange={(kind) => onChange({ ...value, kind: kind as NoticeKind })}
      >
        <Stack gap="xs" mt="xs">
          {KINDS.map((kind) => (
            <Radio key={kind.value} value={kind.value} label={kind.label} />
          ))}
        </Stack>
      </Radio.Group>
      {value.kind === 'link' ? (
        <TextInput
          label={`Address of the page (${label.toLowerCase()})`}
          placeholder="https://"
          value={value.url}
          onChange={(event) => onChange({ ...value, url: event.currentTarget.value })}
          error={error}
        />
      ) : null}
      {value.kind === 'text' ? (
        <Textarea
          label={`Text (${label.toLowerCase()})`}
          description="Plain paragraphs; an empty line ends one."
          autosize
          minRows={6}
          maxRows={18}
          value={value.text}
          onChange={(event) => onChange({ ...value, text: event.currentTarget.value })}
          error={error}
        />
      ) : null}
      {value.kind === 'none' ? null : children}
    </Stack>
  );
}
