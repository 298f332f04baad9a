import { Button, Group, Modal, Stack } from '@mantine/core';
import { type BulkFilter, bulkFilterSchema } from '@stowage/contracts';
import { useState } from 'react';
import { FormProblem } from '../../../components/ui/form-problem';
import { READING_MS, RunStarted } from '../../../components/ui/run-started';
import { messageOf } from '../../../lib/api/api-error';
import { notify } from '../../../lib/notify';
import { useBulkDeletion, useBulkPreview } from '../api/bulk';
import { BulkFacts } from './bulk-facts';
import { BulkFilterFields } from './bulk-filter-fields';
import { count } from './words';

export interface BulkDeleteModalProps {
  readonly opened: boolean;
  readonly repository: { readonly namespace: string; readonly name: string };
  readonly onClose: () => void;
}

const NOTHING: BulkFilter = { tags: [] };

/** Says what a filter takes before anything goes; then a run in the background deletes it. */
export function BulkDeleteModal({ opened, repository, onClose }: BulkDeleteModalProps) {
  const [filter, setFilter] = useState<BulkFilter>(NOTHING);
  const [problem, setProblem] = useState<string>();
  const preview = useBulkPreview(repository);
  const start = useBulkDeletion(repository);
  const change = (part: Partial<BulkFilter>) => {
    setFilter((before) => ({ ...before, ...part }));
    setProblem(undefined);
    preview.reset();
  };
  const close = () => {
    setFilter(NOTHING);
    preview.reset();
    start.reset();
    onClose();
  };
  const look = () => {
    const parsed = bulkFilterSchema.safeParse(filter);
    if (parsed.success) preview.mutate(parsed.data);
    else setProblem(parsed.error.issues[0]?.message);
  };
  const begin = () =>
    start.mutate(filter, {
      onSuccess: ({ id, isNew }) => {
        notify({
          autoClose: READING_MS,
          message: (
            <RunStarted namespace={repository.namespace} id={id}>
              {isNew
                ? 'Deleting in the background. All of it can be restored together from the trash.'
                : 'Another deletion by filter is at work in this repository. Start this one when it is over.'}
            </RunStarted>
          ),
        });
        close();
      },
    });
  const found = preview.data;
  const failure = preview.error ?? start.error;
  const isNothing = found !== undefined && found.tags === 0 && found.manifests === 0;
  return (
    <Modal opened={opened} onClose={close} title="Delete by filter">
      <Stack gap="md">
        <FormProblem text={problem ?? (failure ? messageOf(failure) : undefined)} />
        <BulkFilterFields key={String(opened)} filter={filter} onChange={change} />
        {found ? <BulkFacts preview={found} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          {found && !isNothing ? (
            <Button color="red.8" loading={start.isPending} onClick={begin}>
              Delete {found.tags > 0 ? count(found.tags, 'tag') : count(found.manifests, 'image')}
            </Button>
          ) : (
            <Button loading={preview.isPending} onClick={look}>
              Show what would go
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
