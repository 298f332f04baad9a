import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { type Repository, requestTransferSchema } from '@stowage/contracts';
import { useState } from 'react';
import { FormProblem } from '../../../components/ui/form-problem';
import { showProblem, validateWith } from '../../../lib/form';
import { notify } from '../../../lib/notify';
import { useRequestTransfer } from '../api/transfer';

export function TransferForm({ repository }: { readonly repository: Repository }) {
  const offer = useRequestTransfer(repository.namespace, repository.name);
  const [problem, setProblem] = useState<string>();
  const form = useForm({ initialValues: { to: '' }, validate: validateWith(requestTransferSchema) });
  const submit = form.onSubmit(({ to }) =>
    offer.mutate(to.trim(), {
      onSuccess: () => {
        setProblem(undefined);
        form.reset();
        notify({
          message: `Offered to ${to.trim()}. One of its owners has to accept, under Settings of the namespace.`,
        });
      },
      onError: (error) => setProblem(showProblem(form, error)),
    }),
  );
  return (
    <form onSubmit={submit} noValidate aria-label="Transfer repository">
      <Stack gap="md" maw={560}>
        <FormProblem text={problem} />
        <Text c="dimmed">
          It moves with its tags, images and what it stores once an owner of the other namespace accepts. Its present
          address leads to the new one. Roles, grants and tokens of this namespace end for it.
        </Text>
        <TextInput
          label="To the namespace"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          {...form.getInputProps('to')}
        />
        <Group>
          <Button type="submit" variant="default" loading={offer.isPending}>
            Offer
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
