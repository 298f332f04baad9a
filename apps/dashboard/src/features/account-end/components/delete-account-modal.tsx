import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '../../../components/ui/error-state';
import { ListSkeleton } from '../../../components/ui/list-skeleton';
import { accountEndQuery } from '../api/account-end';
import { DeleteAccountForm } from './delete-account-form';
import { StandsInTheWay } from './stands-in-the-way';

export interface DeleteAccountModalProps {
  readonly opened: boolean;
  readonly username: string;
  readonly onDeleted: () => void;
  readonly onClose: () => void;
}

export function DeleteAccountModal({ opened, username, onDeleted, onClose }: DeleteAccountModalProps) {
  const query = useQuery({ ...accountEndQuery, enabled: opened });
  const end = query.data;
  return (
    <Modal opened={opened} onClose={onClose} title="Delete account">
      {query.isPending ? (
        <ListSkeleton rows={2} />
      ) : query.isError && !end ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : end && (end.soleOwnerOf.length > 0 || end.isLastAdministrator) ? (
        <StandsInTheWay end={end} onClose={onClose} />
      ) : end ? (
        <DeleteAccountForm username={username} end={end} onDeleted={onDeleted} onCancel={onClose} />
      ) : null}
    </Modal>
  );
}
