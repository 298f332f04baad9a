import { lazyDialog } from '../../../components/ui/lazy-dialog';
import type { BulkDeleteModalProps } from './bulk-delete-modal';

/** `BulkDeleteModal`, whose code few people need. */
export const BulkDeleteDialog = lazyDialog<BulkDeleteModalProps>(
  async () => (await import('./bulk-delete-modal')).BulkDeleteModal,
);
