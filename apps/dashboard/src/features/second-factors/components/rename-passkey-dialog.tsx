import { lazyDialog } from '../../../components/ui/lazy-dialog';
import type { RenamePasskeyModalProps } from './rename-passkey-modal';

export const RenamePasskeyDialog = lazyDialog<RenamePasskeyModalProps>(
  async () => (await import('./rename-passkey-modal')).RenamePasskeyModal,
);
