import { ActionIcon } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';

export function CopyButton({ value, label }: { readonly value: string; readonly label: string }) {
  const clipboard = useClipboard({ timeout: 1600 });
  const said = clipboard.copied ? 'Copied' : label;
  return (
    <ActionIcon
      variant="subtle"
      color={clipboard.copied ? 'petrol' : 'gray'}
      size="sm"
      aria-label={said}
      title={said}
      onClick={() => clipboard.copy(value)}
    >
      {clipboard.copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
    </ActionIcon>
  );
}
