import { ConfirmDialog } from '../../../components/ui/confirm-dialog';
import { useActAs } from '../api/user-help';

interface ActAsDialogProps {
  readonly username: string | undefined;
  readonly onClose: () => void;
}

export function ActAsDialog({ username, onClose }: ActAsDialogProps) {
  const start = useActAs();
  const close = () => {
    start.reset();
    onClose();
  };
  return (
    <ConfirmDialog
      opened={username !== undefined}
      title="Act as this user"
      action={`Act as ${username ?? ''}`}
      color="petrol"
      busy={start.isPending}
      error={start.error}
      onConfirm={() => username && start.mutate(username, { onSuccess: () => window.location.assign('/') })}
      onClose={close}
    >
      For half an hour you see and do what <strong>{username}</strong> may see and do, except with passwords and other
      credentials. The audit log names both of you, and {username} can read it there.
    </ConfirmDialog>
  );
}
