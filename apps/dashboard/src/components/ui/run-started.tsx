import type { ReactNode } from 'react';
import { AnchorLink } from './link';

/** How long a message with a way to go on stays: to read it, and to think again. */
export const READING_MS = 12_000;

interface RunStartedProps {
  /** Null for work of the whole registry. */
  readonly namespace: string | null;
  /** The run's page has its progress and its log. */
  readonly id: string;
  readonly children: ReactNode;
}

/** What a message says of work that goes on in the background: with the way to it. */
export function RunStarted({ namespace, id, children }: RunStartedProps) {
  return (
    <>
      {children}{' '}
      {namespace === null ? (
        <AnchorLink to="/admin/jobs/$id" params={{ id }} fz="inherit">
          See the run
        </AnchorLink>
      ) : (
        <AnchorLink to="/n/$namespace/jobs/$id" params={{ namespace, id }} fz="inherit">
          See the run
        </AnchorLink>
      )}
    </>
  );
}
