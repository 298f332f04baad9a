import type { ConfirmModalProps } from './confirm-modal';
import { lazyDialog } from './lazy-dialog';

/** `ConfirmModal`, whose code no page needs before somebody wants to take something away. */
export const ConfirmDialog = lazyDialog<ConfirmModalProps>(async () => (await import('./confirm-modal')).ConfirmModal);
