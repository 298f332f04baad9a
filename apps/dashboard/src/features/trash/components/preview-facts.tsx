import type { DeletePreview } from '@stowage/contracts';
import { type Detail, DetailList } from '../../../components/ui/detail-list';
import { formatBytes } from '../../../lib/format-bytes';
import { absoluteTime } from '../../../lib/relative-time';
import type { Deletion } from '../api/deletion';
import { count } from './words';
import classes from './trash.module.css';

interface PreviewFactsProps {
  readonly deletion: Deletion;
  readonly preview: DeletePreview;
}

const SHOWN_TAGS = 8;

/** What goes, what stays, and when: in numbers that were counted just now. */
export function PreviewFacts({ deletion, preview }: PreviewFactsProps) {
  const { exclusiveBytes, sharedBytes, restorableUntil, freedBy } = preview;
  const details: Detail[] = [
    ['Goes', goes(deletion, preview)],
    ['Tags', tagsOf(deletion, preview)],
    ['Immutable', immutableOf(preview)],
    ['Frees', formatBytes(exclusiveBytes)],
    ['Stays', sharedBytes > 0 ? `${formatBytes(sharedBytes)} that other images of the namespace need` : null],
    ['Restorable until', restorableUntil === null ? 'not at all' : absoluteTime(restorableUntil)],
    ['Quota and disk', exclusiveBytes > 0 ? `freed by ${absoluteTime(freedBy)}` : null],
  ];
  return (
    <div className={classes.facts}>
      <p className={classes.lead}>
        Nobody can pull <strong>{deletion.target}</strong> any more.{' '}
        {restorableUntil === null
          ? 'The trash is off on this registry: it can’t be taken back.'
          : 'It waits in the trash, and its bytes count in the quota until they are freed.'}
      </p>
      <DetailList details={details} />
    </div>
  );
}

function goes({ kind }: Deletion, { repositories, manifests, referrers }: DeletePreview): string {
  const images = count(manifests - referrers, 'image');
  const about =
    referrers > 0 ? ` and ${count(referrers, 'signature or other referrer', 'signatures and other referrers')}` : '';
  if (kind === 'namespace') return `${count(repositories, 'repository', 'repositories')} with ${images}${about}`;
  if (kind === 'repository') return `${images}${about}`;
  if (manifests === 0) return 'the tag alone: something else needs its image';
  return `${images}${about}`;
}

function immutableOf({ immutableTags }: DeletePreview): string | null {
  if (immutableTags === 0) return null;
  return `${count(immutableTags, 'tag')} of them that a rule holds: you may change the rules, so ${immutableTags === 1 ? 'it goes' : 'they go'} as well`;
}

function tagsOf({ kind }: Deletion, { tags, tagNames }: DeletePreview): string | null {
  if (tags === 0) return null;
  if (kind !== 'tag' && kind !== 'image') return String(tags);
  const shown = tagNames.slice(0, SHOWN_TAGS).join(', ');
  return tags > SHOWN_TAGS ? `${shown} and ${tags - SHOWN_TAGS} more` : shown;
}
