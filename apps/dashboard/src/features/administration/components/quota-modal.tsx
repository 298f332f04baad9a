import { Alert, Button, Group, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { ManagedNamespace } from '@stowage/contracts';
import { ByteSize } from '../../../components/ui/byte-size';
import { messageOf } from '../../../lib/api/api-error';
import { formatBytes } from '../../../lib/format-bytes';
import { notify } from '../../../lib/notify';
import { useSetQuota } from '../api/managed-namespaces';
import { QUOTA_UNITS, type QuotaSize, toQuotaBytes, toQuotaSize } from './quota-size';

export interface QuotaModalProps {
  readonly opened: boolean;
  /** Stays while the dialog closes. */
  readonly namespace: ManagedNamespace | undefined;
  readonly onClose: () => void;
}

export function QuotaModal({ opened, namespace, onClose }: QuotaModalProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Storage limit">
      {namespace ? <QuotaForm key={namespace.name} namespace={namespace} onClose={onClose} /> : null}
    </Modal>
  );
}

function QuotaForm({ namespace, onClose }: { readonly namespace: ManagedNamespace; readonly onClose: () => void }) {
  const setQuota = useSetQuota();
  const form = useForm<QuotaSize>({
    initialValues: toQuotaSize(namespace.limitBytes),
    validate: (size) => (toQuotaBytes(size) === undefined ? { amount: 'A number such as 10 or 1.5' } : {}),
  });
  const bytes = toQuotaBytes(form.values);
  const submit = form.onSubmit((size) =>
    setQuota.mutate(
      { name: namespace.name, storageLimitBytes: toQuotaBytes(size) ?? namespace.limitBytes },
      {
        onSuccess: ({ limitBytes }) => {
          notify({ message: `${namespace.name} may store ${formatBytes(limitBytes)} now.` });
          onClose();
        },
      },
    ),
  );
  return (
    <form onSubmit={submit} noValidate aria-label="Storage limit">
      <Stack gap="md">
        <Text>
          <strong>{namespace.name}</strong> stores <ByteSize bytes={namespace.usedBytes} /> of{' '}
          <ByteSize bytes={namespace.limitBytes} />.
        </Text>
        {setQuota.isError ? <Alert color="red">{messageOf(setQuota.error)}</Alert> : null}
        <Group align="flex-start" gap="xs" wrap="nowrap">
          <TextInput
            label="Limit"
            inputMode="decimal"
            autoComplete="off"
            data-autofocus
            style={{ flex: 1 }}
            {...form.getInputProps('amount')}
          />
          <NativeSelect label="Unit" data={[...QUOTA_UNITS]} {...form.getInputProps('unit')} />
        </Group>
        {bytes !== undefined && bytes < namespace.usedBytes ? (
          <Alert color="yellow" title="Less than is stored">
            Pushes will be refused until there is room again. Pulls go on, and nothing is deleted.
          </Alert>
        ) : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={setQuota.isPending}>
            Set limit
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
