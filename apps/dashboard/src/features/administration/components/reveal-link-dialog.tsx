import type { PendingLink } from '@stowage/contracts';
import { useRevealLink } from '../api/pending-links';
import { LinkDialog } from './link-dialog';

export function RevealLinkDialog({
  link,
  onClose,
}: {
  readonly link: PendingLink | undefined;
  readonly onClose: () => void;
}) {
  const reveal = useRevealLink();
  const close = () => {
    reveal.reset();
    onClose();
  };
  return (
    <LinkDialog
      opened={link !== undefined}
      title={`Link for ${link?.recipient ?? ''}`}
      question={
        <>
          Whoever has this link can use it once in the place of <strong>{link?.recipient}</strong>. The audit log keeps
          that you looked at it.
        </>
      }
      action="Show link"
      link={reveal.data?.link}
      note="Hand it over where nobody else reads it."
      busy={reveal.isPending}
      error={reveal.error}
      onShow={() => link && reveal.mutate(link.id)}
      onClose={close}
    />
  );
}
