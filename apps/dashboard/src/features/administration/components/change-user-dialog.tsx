import type { ChangeUser, ManagedUser } from '@stowage/contracts';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog';
import { notify } from '../../../lib/notify';
import { useChangeUser } from '../api/managed-users';

export type UserStep = 'promote' | 'demote' | 'disable' | 'enable';

interface Words {
  readonly title: string;
  readonly action: string;
  readonly change: ChangeUser;
  readonly consequence: string;
  readonly done: string;
  /** It takes nothing away. */
  readonly isHarmless?: boolean;
}

const WORDS: Record<UserStep, Words> = {
  promote: {
    title: 'Make administrator',
    action: 'Make administrator',
    change: { isAdmin: true },
    consequence: 'may change every user, every quota and every key of this registry, and can do the same to you.',
    done: 'is an administrator now.',
  },
  demote: {
    title: 'Take administration away',
    action: 'Take it away',
    change: { isAdmin: false },
    consequence: 'loses the administration of this registry at once, and keeps the account and all namespaces.',
    done: 'is no administrator any more.',
  },
  disable: {
    title: 'Disable account',
    action: 'Disable account',
    change: { disabled: true },
    consequence:
      'can’t sign in any more; sessions and access tokens stop to work at once, pulls that go on within half a minute. Nothing is deleted, and images that others pull stay where they are.',
    done: 'is disabled.',
  },
  enable: {
    title: 'Enable account',
    action: 'Enable account',
    change: { disabled: false },
    consequence: 'may sign in again. Sessions and access tokens that have not expired work as before.',
    done: 'may sign in again.',
    isHarmless: true,
  },
};

interface ChangeUserDialogProps {
  readonly change: { readonly user: ManagedUser; readonly step: UserStep } | undefined;
  readonly onClose: () => void;
}

export function ChangeUserDialog({ change, onClose }: ChangeUserDialogProps) {
  const mutation = useChangeUser();
  const username = change?.user.username ?? '';
  const words = WORDS[change?.step ?? 'promote'];
  const close = () => {
    mutation.reset();
    onClose();
  };
  const confirm = () =>
    mutation.mutate(
      { username, ...words.change },
      {
        onSuccess: () => {
          notify({ message: `${username} ${words.done}` });
          close();
        },
      },
    );
  return (
    <ConfirmDialog
      opened={change !== undefined}
      title={words.title}
      action={words.action}
      color={words.isHarmless ? 'petrol' : 'red'}
      busy={mutation.isPending}
      error={mutation.error}
      onConfirm={confirm}
      onClose={close}
    >
      <strong>{username}</strong> {words.consequence}
    </ConfirmDialog>
  );
}
