import type { BulkPreview } from '@stowage/contracts';
import { type Detail, DetailList } from '../../../components/ui/detail-list';
import { formatBytes } from '../../../lib/format-bytes';
import { absoluteTime } from '../../../lib/relative-time';
import { count } from './words';

const SHOWN_TAGS = 8;

/** What a filter takes, as it is just now. */
export function BulkFacts({ preview }: { readonly preview: BulkPreview }) {
  const { tags, tagNames, manifests, keptTags, exclusiveBytes, sharedBytes, restorableUntil, freedBy } = preview;
  if (tags === 0 && manifests === 0) return <p>Nothing matches.</p>;
  const more = tags > SHOWN_TAGS ? ` and ${tags - SHOWN_TAGS} more` : '';
  const details: Detail[] = [
    ['Goes', `${count(tags, 'tag')}, ${count(manifests, 'image')}${preview.isComplete ? '' : ' and more'}`],
    ['Tags', tagNames.slice(0, SHOWN_TAGS).join(', ') + more],
    ['Immutable', keptTags > 0 ? `${count(keptTags, 'tag')} stay: a rule keeps them` : null],
    ['Frees', formatBytes(exclusiveBytes)],
    ['Stays', sharedBytes > 0 ? `${formatBytes(sharedBytes)} that something else needs` : null],
    ['Restorable until', restorableUntil === null ? 'not at all' : absoluteTime(restorableUntil)],
    ['Quota and disk', exclusiveBytes > 0 ? `freed by ${absoluteTime(freedBy)}` : null],
  ];
  return <DetailList details={details} />;
}
