import type { SigningKey } from '@stowage/contracts';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog';
import { notify } from '../../../lib/notify';
import { useRemoveSigningKey } from '../api/signing-keys';

interface RemoveSigningKeyDialogProps {
  readonly signingKey: SigningKey | undefined;
  readonly onClose: () => void;
}

export function RemoveSigningKeyDialog({ signingKey, onClose }: RemoveSigningKeyDialogProps) {
  const remove = useRemoveSigningKey();
  const close = () => {
    remove.reset();
    onClose();
  };
  const confirm = () => {
    if (!signingKey) return;
    remove.mutate(signingKey.kid, {
      onSuccess: () => {
        notify({ message: 'The key is removed. Every registry has forgotten it within a minute.' });
        close();
      },
    });
  };
  return (
    <ConfirmDialog
      opened={signingKey !== undefined}
      title="Remove signing key"
      action="Remove key"
      busy={remove.isPending}
      error={remove.error}
      onConfirm={confirm}
      onClose={close}
    >
      {signingKey?.state === 'next'
        ? 'It has signed nothing yet. Another key is published in its place.'
        : 'Do this when the key has leaked. Tokens that it has signed stop to work; clients get new ones by themselves, and pushes that are under way may have to be repeated.'}
    </ConfirmDialog>
  );
}
