import { lazyDialog } from '../../../components/ui/lazy-dialog';
import type { DeleteModalProps } from './delete-modal';

/** `DeleteModal`, whose code no page needs before somebody wants to delete something. */
export const DeleteDialog = lazyDialog<DeleteModalProps>(async () => (await import('./delete-modal')).DeleteModal);
