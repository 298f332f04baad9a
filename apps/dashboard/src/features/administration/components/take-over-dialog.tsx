import { lazyDialog } from '../../../components/ui/lazy-dialog';
import type { TakeOverModalProps } from './take-over-modal';

export const TakeOverDialog = lazyDialog<TakeOverModalProps>(
  async () => (await import('./take-over-modal')).TakeOverModal,
);
