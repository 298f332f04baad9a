import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { ManagedNamespace } from '@stowage/contracts';
import { FormProblem } from '../../../components/ui/form-problem';
import { messageOf } from '../../../lib/api/api-error';
import { notify } from '../../../lib/notify';
import { useTakeOver } from '../api/managed-namespaces';

export interface TakeOverModalProps {
  readonly opened: boolean;
  /** Stays while the dialog closes. */
  readonly namespace: ManagedNamespace | undefined;
  /** Who is most likely to take it over. */
  readonly self: string;
  readonly onClose: () => void;
}

export function TakeOverModal({ opened, namespace, self, onClose }: TakeOverModalProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="New owner">
      {namespace ? <TakeOverForm key={namespace.name} namespace={namespace} self={self} onClose={onClose} /> : null}
    </Modal>
  );
}

type FormProps = Pick<TakeOverModalProps, 'self' | 'onClose'> & { readonly namespace: ManagedNamespace };

function TakeOverForm({ namespace: { name }, self, onClose }: FormProps) {
  const takeOver = useTakeOver();
  const form = useForm({
    initialValues: { username: self },
    validate: { username: (typed) => (typed.trim() === '' ? 'Name the account' : null) },
  });
  const submit = form.onSubmit(({ username }) =>
    takeOver.mutate(
      { namespace: name, username: username.trim() },
      {
        onSuccess: () => {
          notify({ message: `${username.trim()} is an owner of ${name} now.` });
          onClose();
        },
      },
    ),
  );
  return (
    <form onSubmit={submit} noValidate aria-label="New owner">
      <Stack gap="md">
        <FormProblem text={takeOver.isError ? messageOf(takeOver.error) : undefined} />
        <Text fz="sm">
          For an organisation whose owners are gone. Whoever owns <strong>{name}</strong> stays an owner and is told by
          mail, and the log of the namespace has the entry.
        </Text>
        <TextInput
          label="Account"
          description="It becomes an owner and may do everything in the namespace."
          autoCapitalize="none"
          spellCheck={false}
          data-autofocus
          {...form.getInputProps('username')}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={takeOver.isPending}>
            Make owner
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
