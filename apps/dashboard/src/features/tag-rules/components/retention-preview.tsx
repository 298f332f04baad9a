import { SegmentedControl } from '@mantine/core';
import type { RetentionPolicy } from '@stowage/contracts';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ByteSize } from '../../../components/ui/byte-size';
import { RelativeTime } from '../../../components/ui/relative-time';
import { itemsOf } from '../../../lib/api/keyset-query';
import type { RulesOwner } from '../api/owner';
import { retentionPreviewQuery, type ShownVerdict } from '../api/retention';
import { PreviewBox } from './preview-box';
import classes from './tag-rules.module.css';
import { useSettled } from './use-settled';
import { decisionWords } from './words';

interface RetentionPreviewProps {
  readonly owner: RulesOwner;
  readonly policy: RetentionPolicy;
  readonly isValid: boolean;
}

export function RetentionPreview({ owner, policy, isValid }: RetentionPreviewProps) {
  const [verdict, setVerdict] = useState<ShownVerdict>('delete');
  const settled = JSON.parse(useSettled(JSON.stringify(policy), isValid)) as RetentionPolicy;
  const query = useInfiniteQuery({
    ...retentionPreviewQuery(owner, settled, verdict),
    placeholderData: keepPreviousData,
  });
  const [first] = query.data?.pages ?? [];
  const tags = itemsOf(query.data);
  return (
    <PreviewBox
      query={query}
      shown={tags.length}
      isInvalid={!isValid}
      figures={
        first ? (
          <>
            <p className={classes.figures}>
              <span>
                <strong>{first.deletedTags.toLocaleString('en')}</strong> of {first.tags.toLocaleString('en')} tags
                deleted
              </span>
              {first.freedBytes === 0 ? null : (
                <span>
                  <strong>
                    <ByteSize bytes={first.freedBytes} />
                  </strong>{' '}
                  freed, once the trash is emptied
                </span>
              )}
              {first.isComplete ? null : <span className={classes.dimmed}>the first of the namespace</span>}
            </p>
            <SegmentedControl
              size="xs"
              mt="xs"
              mb="xs"
              aria-label="Which tags are shown"
              data={[
                { value: 'delete', label: 'Deleted' },
                { value: 'keep', label: 'Kept' },
              ]}
              value={verdict}
              onChange={(value) => setVerdict(value === 'keep' ? 'keep' : 'delete')}
            />
          </>
        ) : null
      }
    >
      {tags.length === 0 ? (
        <p className={classes.reason}>{verdict === 'delete' ? 'No tag would be deleted.' : 'No tag would be kept.'}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached by keyboard
        <ul
          className={classes.tags}
          aria-label={verdict === 'delete' ? 'Tags that would be deleted' : 'Tags that would be kept'}
          tabIndex={0}
        >
          {tags.map((judged) => (
            <li key={`${judged.repository}:${judged.tag}`} className={classes.tag}>
              <span className={classes.name}>
                {owner.repository === null ? `${judged.repository}:` : ''}
                {judged.tag}
              </span>
              <span className={classes.dimmed}>
                {judged.exclusiveBytes === null ? (
                  <RelativeTime value={judged.pushedAt} />
                ) : (
                  <ByteSize bytes={judged.exclusiveBytes} />
                )}
              </span>
              <span className={classes.reason}>
                {decisionWords(judged)} · pushed <RelativeTime value={judged.pushedAt} />
                {judged.pulledAt === null ? ', no pull known' : null}
                {judged.pulledAt === null ? null : (
                  <>
                    , pulled <RelativeTime value={judged.pulledAt} />
                  </>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </PreviewBox>
  );
}
