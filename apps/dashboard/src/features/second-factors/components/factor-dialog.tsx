import { lazyDialog } from '../../../components/ui/lazy-dialog';
import type { FactorModalProps } from './factor-modal';

/** Everything that is asked while a factor changes; loaded when it is first wanted. */
export const FactorDialog = lazyDialog<FactorModalProps>(async () => (await import('./factor-modal')).FactorModal);
