import type { AccessToken } from '@stowage/contracts';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog';
import { RelativeTime } from '../../../components/ui/relative-time';
import { notify } from '../../../lib/notify';
import { useRevokeAccessToken } from '../api/access-tokens';

interface RevokeTokenDialogProps {
  readonly token: AccessToken | undefined;
  readonly onClose: () => void;
}

export function RevokeTokenDialog({ token, onClose }: RevokeTokenDialogProps) {
  const revoke = useRevokeAccessToken();
  const close = () => {
    revoke.reset();
    onClose();
  };
  const confirm = () => {
    if (!token) return;
    revoke.mutate(token.id, {
      onSuccess: () => {
        notify({ message: `The token “${token.name}” no longer works.` });
        close();
      },
    });
  };
  return (
    <ConfirmDialog
      opened={token !== undefined}
      title="Revoke access token"
      action="Revoke token"
      busy={revoke.isPending}
      error={revoke.error}
      onConfirm={confirm}
      onClose={close}
    >
      Every machine that signs in with <strong>{token?.name}</strong> loses access. This can’t be undone.{' '}
      {token?.lastUsedAt ? (
        <>
          It was last used <RelativeTime value={token.lastUsedAt} />.
        </>
      ) : (
        'It was never used.'
      )}
    </ConfirmDialog>
  );
}
