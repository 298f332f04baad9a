import type { Session } from '@stowage/contracts';
import { ReadOnlyBanner } from '../../features/read-only/components/read-only-banner';
import { ActingBanner } from '../../features/session/components/acting-banner';

interface BannersProps {
  readonly session: Session | null | undefined;
  /** That is looked at. */
  readonly namespace: string | undefined;
}

/** What somebody has to know on every page. */
export function Banners({ session, namespace }: BannersProps) {
  if (!session?.user) return null;
  return (
    <>
      {session.acting ? <ActingBanner session={{ ...session, acting: session.acting }} /> : null}
      <ReadOnlyBanner namespace={namespace} />
    </>
  );
}
