import { lazyDialog } from '../../../components/ui/lazy-dialog';
import type { LinkModalProps } from './link-modal';

/** `LinkModal`, whose code no page needs before somebody wants to see a link. */
export const LinkDialog = lazyDialog<LinkModalProps>(async () => (await import('./link-modal')).LinkModal);
