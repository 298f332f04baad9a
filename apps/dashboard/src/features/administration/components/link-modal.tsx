import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { CommandBlock } from '../../../components/ui/command-block';
import { FormProblem } from '../../../components/ui/form-problem';
import { messageOf } from '../../../lib/api/api-error';

export interface LinkModalProps {
  readonly opened: boolean;
  readonly title: string;
  /** Before it is shown: what showing it means. */
  readonly question: ReactNode;
  readonly action: string;
  /** Set once it is shown. */
  readonly link: string | undefined;
  readonly note: ReactNode;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onShow: () => void;
  readonly onClose: () => void;
}

/** Shows a link that lets whoever has it in, after a question. */
export function LinkModal(props: LinkModalProps) {
  const { opened, title, question, action, link, note, busy, error, onShow, onClose } = props;
  return (
    // A click beside the dialog must not throw away a link that may not be shown again.
    <Modal opened={opened} onClose={onClose} title={title} size="lg" closeOnClickOutside={link === undefined}>
      <Stack gap="md">
        {link === undefined ? <div>{question}</div> : <CommandBlock label="Link" command={link} prompt={false} />}
        {link === undefined ? null : <div>{note}</div>}
        <FormProblem text={error ? messageOf(error) : null} />
        <Group justify="flex-end" gap="xs">
          {link === undefined ? (
            <>
              <Button variant="default" onClick={onClose} data-autofocus>
                Cancel
              </Button>
              <Button loading={busy} onClick={onShow}>
                {action}
              </Button>
            </>
          ) : (
            <Button onClick={onClose}>Done</Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
