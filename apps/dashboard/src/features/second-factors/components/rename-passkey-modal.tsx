import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { type Passkey, renamePasskeySchema } from '@stowage/contracts';
import { useState } from 'react';
import { FormProblem } from '../../../components/ui/form-problem';
import { showProblem, validateWith } from '../../../lib/form';
import { useRenamePasskey } from '../api/passkeys';

export interface RenamePasskeyModalProps {
  readonly opened: boolean;
  readonly passkey: Passkey | undefined;
  readonly onClose: () => void;
}

export function RenamePasskeyModal({ opened, passkey, onClose }: RenamePasskeyModalProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Rename passkey">
      {passkey ? <RenamePasskeyForm key={passkey.id} passkey={passkey} onClose={onClose} /> : null}
    </Modal>
  );
}

interface RenamePasskeyFormProps {
  readonly passkey: Passkey;
  readonly onClose: () => void;
}

/** Starts with the name as it is; what is typed stays when the list behind the dialog is loaded again. */
function RenamePasskeyForm({ passkey, onClose }: RenamePasskeyFormProps) {
  const rename = useRenamePasskey();
  const [problem, setProblem] = useState<string>();
  const form = useForm({ initialValues: { name: passkey.name }, validate: validateWith(renamePasskeySchema) });
  const submit = form.onSubmit(({ name }) =>
    rename.mutate(
      { id: passkey.id, name },
      { onSuccess: onClose, onError: (error) => setProblem(showProblem(form, error)) },
    ),
  );
  return (
    <form onSubmit={submit} noValidate aria-label="Rename passkey">
      <Stack gap="md">
        <FormProblem text={problem} />
        <TextInput label="Name" data-autofocus {...form.getInputProps('name')} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={rename.isPending}>
            Rename
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
