import type { ManagedUser } from '@stowage/contracts';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog';
import { notify } from '../../../lib/notify';
import { useCreatePasswordReset } from '../api/pending-links';
import { LinkDialog } from './link-dialog';

export type ResetStep = 'mail' | 'show';

interface PasswordResetDialogProps {
  readonly reset: { readonly user: ManagedUser; readonly delivery: ResetStep } | undefined;
  readonly onClose: () => void;
}

/** A link for a new password: sent to the user, or shown to be handed over. */
export function PasswordResetDialog({ reset, onClose }: PasswordResetDialogProps) {
  const create = useCreatePasswordReset();
  const { username = '', email = '' } = reset?.user ?? {};
  const close = () => {
    create.reset();
    onClose();
  };
  const start = (delivery: ResetStep) =>
    create.mutate(
      { username, delivery },
      {
        onSuccess: () => {
          if (delivery === 'show') return;
          notify({ message: `A link for a new password is on its way to ${email}.` });
          close();
        },
      },
    );
  const consequence = 'The link works once and for 30 minutes. Nothing changes until it is used.';
  return (
    <>
      <ConfirmDialog
        opened={reset?.delivery === 'mail'}
        title="Send a link for a new password"
        action="Send link"
        color="petrol"
        busy={create.isPending}
        error={create.error}
        onConfirm={() => start('mail')}
        onClose={close}
      >
        It goes to <strong>{email}</strong>. {consequence}
      </ConfirmDialog>
      <LinkDialog
        opened={reset?.delivery === 'show'}
        title={`Link for ${username}`}
        question={
          <>
            With this link anybody can set a new password for <strong>{username}</strong>. {consequence}
          </>
        }
        action="Show link"
        link={create.data?.link ?? undefined}
        note="Copy it now: it is not shown again. Hand it over where nobody else reads it."
        busy={create.isPending}
        error={create.error}
        onShow={() => start('show')}
        onClose={close}
      />
    </>
  );
}
