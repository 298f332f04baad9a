import { lazyDialog } from '../../../components/ui/lazy-dialog';
import type { QuotaModalProps } from './quota-modal';

/** `QuotaModal`, whose code the page does not need before somebody wants to change a limit. */
export const QuotaDialog = lazyDialog<QuotaModalProps>(async () => (await import('./quota-modal')).QuotaModal);
