import type { Tag } from '@stowage/contracts';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog';
import { notify } from '../../../lib/notify';
import { type RepositoryId, useDeleteTag } from '../api/tags';

interface DeleteTagDialogProps {
  readonly repository: RepositoryId;
  readonly tag: Tag | undefined;
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
}

export function DeleteTagDialog({ repository, tag, onClose, onDeleted }: DeleteTagDialogProps) {
  const remove = useDeleteTag(repository);
  const close = () => {
    remove.reset();
    onClose();
  };
  const confirm = () => {
    if (!tag) return;
    remove.mutate(tag.name, {
      onSuccess: () => {
        notify({ message: `The tag ${tag.name} is deleted.` });
        close();
        onDeleted?.();
      },
    });
  };
  return (
    <ConfirmDialog
      opened={tag !== undefined}
      title="Delete tag"
      action="Delete tag"
      busy={remove.isPending}
      error={remove.error}
      onConfirm={confirm}
      onClose={close}
    >
      Nobody can pull{' '}
      <strong>
        {repository.namespace}/{repository.name}:{tag?.name}
      </strong>{' '}
      any more. Other tags of the same image stay.
    </ConfirmDialog>
  );
}
