import { Alert } from '@mantine/core';
import { VISIBILITIES, type Visibility } from '@stowage/contracts';

interface VisibilityChangeNoteProps {
  readonly from: Visibility;
  readonly to: Visibility;
}

/** What a change means for those who pull: whom it lets in, or whom it keeps out and from when on. */
export function VisibilityChangeNote({ from, to }: VisibilityChangeNoteProps) {
  if (to === from) return null;
  if (to === 'public') {
    return (
      <Alert color="yellow" title="Every image in it becomes readable by everybody">
        Look through the images for secrets first: whoever has pulled one keeps it, also after the repository is private
        again.
      </Alert>
    );
  }
  if (VISIBILITIES.indexOf(to) > VISIBILITIES.indexOf(from)) return null;
  return (
    <Alert color="yellow" title="Pulls by those who lose access end">
      {from === 'public' ? 'Without a sign-in they end at once; those' : 'Those'} of {losers(from, to)} without access
      end within 30 seconds, also with a token that was given out before. Downloads under way go on, and whoever has
      pulled an image keeps it.
    </Alert>
  );
}

/** Internal repositories are for people who have signed in, not for the robots and jobs of others. */
function losers(from: Visibility, to: Visibility): string {
  if (from === 'internal') return 'people';
  return to === 'internal' ? 'robots and jobs' : 'people, robots and jobs';
}
