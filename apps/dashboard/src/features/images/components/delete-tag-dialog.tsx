import type { Tag } from '@stowage/contracts';
import { tagDeletion } from '../../trash/api/deletion';
import { DeleteDialog } from '../../trash/components/delete-dialog';
import type { RepositoryId } from '../api/tags';

interface DeleteTagDialogProps {
  readonly repository: RepositoryId;
  readonly tag: Tag | undefined;
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
}

export function DeleteTagDialog({ repository, tag, onClose, onDeleted }: DeleteTagDialogProps) {
  return (
    <DeleteDialog
      opened={tag !== undefined}
      deletion={tag && tagDeletion(repository, tag.name)}
      onClose={onClose}
      onDeleted={onDeleted}
    />
  );
}
