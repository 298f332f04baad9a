import { ActionIcon, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';

export function CopyButton({ value, label }: { readonly value: string; readonly label: string }) {
  const clipboard = useClipboard({ timeout: 1600 });
  return (
    <Tooltip label={clipboard.copied ? 'Copied' : label}>
      <ActionIcon
        variant="subtle"
        color={clipboard.copied ? 'petrol' : 'gray'}
        size="sm"
        aria-label={clipboard.copied ? 'Copied' : label}
        onClick={() => clipboard.copy(value)}
      >
        {clipboard.copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
      </ActionIcon>
    </Tooltip>
  );
}
