import { Button, Checkbox, Group, Modal, NumberInput, Stack, TextInput } from '@mantine/core';
import { type BulkFilter, bulkFilterSchema } from '@stowage/contracts';
import { useState } from 'react';
import { FormProblem } from '../../../components/ui/form-problem';
import { messageOf } from '../../../lib/api/api-error';
import { notify } from '../../../lib/notify';
import { useBulkDeletion, useBulkPreview } from '../api/bulk';
import { BulkFacts } from './bulk-facts';
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
  const [patterns, setPatterns] = useState('');
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
    setPatterns('');
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
      onSuccess: ({ isNew }) => {
        notify({
          message: isNew
            ? 'Deleting in the background. All of it can be restored together from the trash.'
            : 'Another deletion by filter is at work in this repository. Start this one when it is over.',
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
        <TextInput
          label="Tags"
          description="Patterns such as pr-* or nightly-2025*, with spaces between."
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={patterns}
          onChange={(event) => {
            const typed = event.currentTarget.value;
            setPatterns(typed);
            change({ tags: typed.split(/[\s,]+/).filter((pattern) => pattern !== '') });
          }}
          data-autofocus
        />
        <Checkbox
          label="Images without a tag, too"
          checked={filter.untagged ?? false}
          onChange={(event) => change({ untagged: event.currentTarget.checked })}
        />
        <NumberInput
          label="Pushed at least so many days ago"
          hideControls
          min={0}
          max={3650}
          allowDecimal={false}
          value={filter.olderThanDays ?? ''}
          onChange={(days) => change({ olderThanDays: typeof days === 'number' ? days : undefined })}
        />
        <Checkbox
          label="Only what nobody has pulled"
          checked={filter.neverPulled ?? false}
          onChange={(event) => change({ neverPulled: event.currentTarget.checked })}
        />
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
