import { Alert, Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { messageOf } from '../../../lib/api/api-error';
import { useBeginReadOnly } from '../api/read-only';

export interface BeginModalProps {
  readonly opened: boolean;
  readonly scope: 'registry' | 'namespace';
  /** What people are told now, where it is on already. */
  readonly message?: string | undefined;
  readonly onClose: () => void;
}

const MAX_LENGTH = 300;

/** Says what will stop and what goes on, and asks for the words that people will read. */
export function BeginModal({ opened, scope, message = '', onClose }: BeginModalProps) {
  const begin = useBeginReadOnly();
  const [text, setText] = useState(message);
  const [namespace, setNamespace] = useState('');
  const close = () => {
    begin.reset();
    onClose();
  };
  const isRegistry = scope === 'registry';
  const submit = () =>
    begin.mutate({ namespace: isRegistry ? null : namespace.trim(), message: text.trim() }, { onSuccess: close });
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={isRegistry ? 'Make the registry read-only' : 'Make a namespace read-only'}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="md">
          <div>
            Pushes and deletes are refused at once and everywhere, with your message. Pulls and sign-ins go on.{' '}
            {isRegistry
              ? 'Garbage collection, retention and purges rest until you end it; uploads that are open go on then.'
              : 'Its retention and its other runs rest until you end it; uploads that are open go on then.'}
          </div>
          {isRegistry ? null : (
            <TextInput
              label="Namespace"
              value={namespace}
              onChange={({ currentTarget: { value } }) => setNamespace(value)}
              autoComplete="off"
              data-autofocus
              required
            />
          )}
          <Textarea
            label="Message"
            description="People read it in the answer to docker push and above every page."
            placeholder="The storage is moving to another disk until 14:00 UTC."
            value={text}
            onChange={({ currentTarget: { value } }) => setText(value.replaceAll('\n', ' '))}
            maxLength={MAX_LENGTH}
            minRows={2}
            autosize
            required
            {...(isRegistry ? { 'data-autofocus': true } : {})}
          />
          {begin.isError ? (
            <Alert color="red" role="alert">
              {messageOf(begin.error)}
            </Alert>
          ) : null}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button
              type="submit"
              loading={begin.isPending}
              disabled={text.trim() === '' || (!isRegistry && namespace.trim() === '')}
            >
              {message ? 'Change the message' : 'Make read-only'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
