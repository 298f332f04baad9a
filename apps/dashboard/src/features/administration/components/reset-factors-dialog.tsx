import { ConfirmDialog } from '../../../components/ui/confirm-dialog';
import { notify } from '../../../lib/notify';
import { useResetFactors } from '../api/user-help';

interface ResetFactorsDialogProps {
  readonly username: string | undefined;
  readonly onClose: () => void;
}

export function ResetFactorsDialog({ username, onClose }: ResetFactorsDialogProps) {
  const reset = useResetFactors();
  const close = () => {
    reset.reset();
    onClose();
  };
  const confirm = () =>
    username &&
    reset.mutate(username, {
      onSuccess: () => {
        notify({ message: `${username} signs in with the password alone now.` });
        close();
      },
    });
  return (
    <ConfirmDialog
      opened={username !== undefined}
      title="Reset second factors"
      action="Reset second factors"
      busy={reset.isPending}
      error={reset.error}
      onConfirm={confirm}
      onClose={close}
    >
      The authenticator app, the passkeys and the recovery codes of <strong>{username}</strong> stop to count, and every
      session ends. Make sure first that it is really {username} who asks for this.
    </ConfirmDialog>
  );
}
