import type { TrustRule } from '@stowage/contracts';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog';
import { RelativeTime } from '../../../components/ui/relative-time';
import { notify } from '../../../lib/notify';
import { useDeleteTrustRule } from '../api/trust-rules';

interface DeleteRuleDialogProps {
  readonly namespace: string;
  readonly rule: TrustRule | undefined;
  readonly onClose: () => void;
}

export function DeleteRuleDialog({ namespace, rule, onClose }: DeleteRuleDialogProps) {
  const remove = useDeleteTrustRule(namespace);
  const close = () => {
    remove.reset();
    onClose();
  };
  const confirm = () => {
    if (!rule) return;
    remove.mutate(rule.id, {
      onSuccess: () => {
        notify({ message: `The rule “${rule.name}” lets nobody in any more.` });
        close();
      },
    });
  };
  return (
    <ConfirmDialog
      opened={rule !== undefined}
      title="Delete trust rule"
      action="Delete rule"
      busy={remove.isPending}
      error={remove.error}
      onConfirm={confirm}
      onClose={close}
    >
      Jobs that sign in by <strong>{rule?.name}</strong> lose access at once, also those that are running.{' '}
      {rule?.lastUsedAt ? (
        <>
          It was last used <RelativeTime value={rule.lastUsedAt} />.
        </>
      ) : (
        'It was never used.'
      )}
    </ConfirmDialog>
  );
}
