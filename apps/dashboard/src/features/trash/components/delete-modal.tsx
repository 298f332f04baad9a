import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { ErrorState } from '../../../components/ui/error-state';
import { ListSkeleton } from '../../../components/ui/list-skeleton';
import type { Deletion } from '../api/deletion';
import { DeleteForm } from './delete-form';

export interface DeleteModalProps {
  readonly opened: boolean;
  readonly deletion: Deletion | undefined;
  readonly onClose: () => void;
  readonly onDeleted?: (() => void) | undefined;
}

const TITLES = {
  tag: 'Delete tag',
  image: 'Delete image',
  repository: 'Delete repository',
  namespace: 'Delete namespace',
} as const;

/** What a deletion takes, counted before it happens; then the deletion. */
export function DeleteModal({ opened, deletion, onClose, onDeleted }: DeleteModalProps) {
  // What it was about stays on the sheet while it closes.
  const shown = useRef(deletion);
  if (deletion) shown.current = deletion;
  const about = shown.current;
  const query = useQuery({
    queryKey: ['delete-preview', about?.target],
    queryFn: ({ signal }) => (about ? about.preview(signal) : Promise.reject(new Error('nothing to delete'))),
    enabled: opened && about !== undefined,
    staleTime: 0,
    gcTime: 0,
  });
  return (
    <Modal opened={opened} onClose={onClose} title={about ? TITLES[about.kind] : ''}>
      {query.isPending || !about ? (
        <ListSkeleton rows={3} />
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <DeleteForm
          key={about.target}
          deletion={about}
          action={TITLES[about.kind]}
          preview={query.data}
          onCancel={onClose}
          onDeleted={() => {
            onClose();
            onDeleted?.();
          }}
        />
      )}
    </Modal>
  );
}
