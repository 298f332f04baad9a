import { Alert, Button, Group, Modal, NativeSelect, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { ManagedNamespace, Plan } from '@stowage/contracts';
import { useQuery } from '@tanstack/react-query';
import { ByteSize } from '../../../components/ui/byte-size';
import { ErrorState } from '../../../components/ui/error-state';
import { ListSkeleton } from '../../../components/ui/list-skeleton';
import { messageOf } from '../../../lib/api/api-error';
import { notify } from '../../../lib/notify';
import { useSetQuota } from '../api/managed-namespaces';
import { plansQuery } from '../api/plans';
import { LimitFields } from './limit-fields';
import { fromLimitValue, limitErrors, type LimitValues, mapLimits, toLimitValues } from './limit-values';

export interface QuotaModalProps {
  readonly opened: boolean;
  /** Stays while the dialog closes. */
  readonly namespace: ManagedNamespace | undefined;
  readonly onClose: () => void;
}

export function QuotaModal({ opened, namespace, onClose }: QuotaModalProps) {
  return (
    <Modal opened={opened} onClose={onClose} size="lg" title={namespace ? `Limits of ${namespace.name}` : 'Limits'}>
      {namespace ? <QuotaLoader key={namespace.name} namespace={namespace} onClose={onClose} /> : null}
    </Modal>
  );
}

interface QuotaFormProps {
  readonly namespace: ManagedNamespace;
  readonly onClose: () => void;
}

function QuotaLoader(props: QuotaFormProps) {
  const plans = useQuery(plansQuery);
  if (plans.isPending) return <ListSkeleton rows={4} />;
  if (plans.isError) return <ErrorState error={plans.error} onRetry={() => void plans.refetch()} />;
  return <QuotaForm {...props} plans={plans.data} />;
}

interface QuotaValues {
  readonly plan: string;
  readonly limits: LimitValues;
}

function QuotaForm({ namespace, plans, onClose }: QuotaFormProps & { readonly plans: readonly Plan[] }) {
  const setQuota = useSetQuota();
  const form = useForm<QuotaValues>({
    initialValues: { plan: namespace.plan, limits: toLimitValues(namespace.limits, namespace.ownLimits) },
    validate: ({ limits }) => limitErrors(limits),
  });
  const { plan, limits } = form.values;
  const chosen = plans.find(({ name }) => name === plan);
  const submit = form.onSubmit((values) =>
    setQuota.mutate(
      {
        name: namespace.name,
        plan: values.plan,
        limits: mapLimits((name) => fromLimitValue(name, values.limits[name])),
      },
      {
        onSuccess: () => {
          notify({ message: `The limits of ${namespace.name} are changed.` });
          onClose();
        },
      },
    ),
  );
  return (
    <form onSubmit={submit} noValidate aria-label="Limits">
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          It stores <ByteSize bytes={namespace.usedBytes} />, and has{' '}
          {counted(namespace.privateRepositoryCount, 'private repository', 'private repositories')},{' '}
          {counted(namespace.memberCount, 'member', 'members')} and {counted(namespace.robotCount, 'robot', 'robots')}.
        </Text>
        {setQuota.isError ? <Alert color="red">{messageOf(setQuota.error)}</Alert> : null}
        <NativeSelect
          label="Plan"
          data-autofocus
          data={plans.map(({ name }) => name)}
          value={plan}
          onChange={(event) => form.setFieldValue('plan', event.currentTarget.value)}
        />
        <LimitFields
          values={limits}
          errors={form.errors}
          plan={chosen?.limits}
          onChange={(name, value) => {
            form.setFieldValue('limits', { ...limits, [name]: value });
            form.clearFieldError(name);
          }}
        />
        {isBelowUse(namespace, limits, chosen) ? (
          <Alert color="yellow" title="Less than there is">
            What would add to it is refused until there is room again. Pulls go on, and nothing is deleted.
          </Alert>
        ) : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={setQuota.isPending}>
            Set limits
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString()} ${count === 1 ? one : many}`;
}

function isBelowUse(namespace: ManagedNamespace, limits: LimitValues, plan: Plan | undefined): boolean {
  const used = {
    storageBytes: namespace.usedBytes,
    privateRepositories: namespace.privateRepositoryCount,
    members: namespace.memberCount,
    robots: namespace.robotCount,
  };
  return (Object.keys(used) as (keyof typeof used)[]).some((name) => {
    const value = fromLimitValue(name, limits[name]);
    const limit = value === 'plan' ? plan?.limits[name] : value;
    return typeof limit === 'number' && limit < used[name];
  });
}
