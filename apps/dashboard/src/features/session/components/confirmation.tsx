import { useEffect, useState } from 'react';
import { lazyDialog } from '../../../components/ui/lazy-dialog';
import { provideConfirmation } from '../../../lib/api/confirmation';
import type { ConfirmationModalProps } from './confirmation-modal';

const ConfirmationDialog = lazyDialog<ConfirmationModalProps>(
  async () => (await import('./confirmation-modal')).ConfirmationModal,
);

/** Asks for a proof whenever a request needs a sign-in that is not long ago. Once on every page. */
export function Confirmation() {
  const [answer, setAnswer] = useState<(confirmed: boolean) => void>();
  useEffect(() => provideConfirmation(() => new Promise((resolve) => setAnswer(() => resolve))), []);
  const end = (confirmed: boolean) => {
    answer?.(confirmed);
    setAnswer(undefined);
  };
  return <ConfirmationDialog opened={answer !== undefined} onEnd={end} />;
}
